"""What Streamlit runs for a visitor, anew with each press: the frame, and in it one page."""

import streamlit as st

from groundup.ui.components import code_panel, stepping
from groundup.ui.controls.link import say_refused_moment
from groundup.ui.controls.widgets import page_begun, page_finished, unknown_keys
from groundup.ui.course import frame, glossary, keeping, view
from groundup.ui.shell import aids, fit, holdings, reload, sidebar, styles
from groundup.ui.shell.sending import turn
from groundup.ui.shell.setup import warm_up

st.set_page_config(page_icon="🧱", layout="wide", initial_sidebar_state=230)
# Not "pages/": on a fresh server streamlit would take that folder for an app of its own and answer
# a first visit to /training_loop with the bare page, without this file.
pages = [
    st.Page("app_pages/home.py", title="Start here", icon=":material/home:", default=True),
    st.Page("app_pages/tensors.py", title="Tensors", icon=":material/grid_on:"),
    st.Page("app_pages/requires_grad.py", title="requires_grad", icon=":material/toggle_on:"),
    st.Page(
        "app_pages/computation_graph.py",
        title="Computation graph",
        icon=":material/account_tree:",
    ),
    st.Page("app_pages/training_loop.py", title="Training loop", icon=":material/show_chart:"),
    st.Page("app_pages/nn_module.py", title="nn.Module", icon=":material/deployed_code:"),
    st.Page("app_pages/ffn_scale.py", title="FFN scale", icon=":material/aspect_ratio:"),
    st.Page("app_pages/your_code.py", title="Your code", icon=":material/edit_note:"),
    st.Page("app_pages/review.py", title="Review", icon=":material/style:"),
    st.Page("app_pages/finish.py", title="Finish", icon=":material/flag:"),
    st.Page("app_pages/words.py", title="Words", icon=":material/dictionary:"),
    st.Page("app_pages/room.py", title="Room", icon=":material/groups:"),
    st.Page("app_pages/teach.py", title="Teach", icon=":material/co_present:"),
]
with turn():
    warm_up()
    page_begun()
    styles.bring()

    page = st.navigation(pages, position="hidden")
    here = frame.enter(page.url_path)
    st.set_page_config(page_title=f"{frame.title(here) or page.title} · groundup")

    with st.sidebar:
        sidebar.show(page.url_path, here)
        glossary.mark(page.url_path)
        code_panel.load_code()
        reload.follow()
        fit.follow()
        aids.follow()
        keeper = keeping.begin()

    view.mark()
    if unknown := unknown_keys():
        names = ", ".join(f"`{name}`" for name in unknown[:5])
        st.warning(f"The link holds {names}, which is no setting here, so it was ignored.")

    say_refused_moment()
    holdings.say_lost()
    with stepping.linked_panel_expected():
        frame.around(page.url_path, here, page.run)
    view.foot(here)
    keeping.end(keeper)
    page_finished()
    holdings.settle()
