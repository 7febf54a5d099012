"""The page *Your code*: the text at the right, what a run of it told at the left."""

from __future__ import annotations

import streamlit as st

from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.editing import Typed, editor, typed
from groundup.ui.components.recordings import Source as Parts
from groundup.ui.components.stepping import MOST, Ready
from groundup.ui.controls.heard import heard, one_of, whole_number
from groundup.ui.controls.link import linked_moment
from groundup.ui.controls.widgets import by_hand
from groundup.ui.once import said_once
from groundup.ui.state import forget, page_state, put, stored
from groundup.ui.your_code import linked, results, taking_home
from groundup.ui.your_code.refused import marks_of, refusals
from groundup.ui.your_code.source import source
from groundup.ui.your_code.state import YourCodeState
from groundup.ui.your_code.wrong import doubtful_lines
from groundup.your_code.examples import EXAMPLES
from groundup.your_code.linked import MAX_CHARACTERS, checked

EDITOR = "your_text"
PANEL = "your_code"
"""Public: a link's ``statement=your_code-37`` names a moment of it."""
_VIEW = "your_view"
_HEIGHT = "max(24rem, calc(100dvh - 11rem))"
# Paler letters could not be read.
_GREY = "<style>.st-key-your_old { filter: grayscale(1); border-left: 4px dashed; }</style>"


def whole() -> None:
    """The learner's text and what a run of it told."""
    head = st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    with head:
        st.title("What does your own code do?", width="content")
    begin()
    with head:
        take_home()
    bar()
    body()


def begin() -> None:
    """Take up the link, and do the run that was asked for."""
    state = page_state(YourCodeState)
    if source().shared:
        linked.take_up(state)
    elsewhere = source().text
    if elsewhere and (text := elsewhere()) != state.text:
        state.write(text)
    if not state.wanted:
        return
    with st.spinner("Running it…"):
        state.done(source().run(state.text))
    forget(_VIEW)
    if source().shared:
        linked.write(state)


def bar() -> None:
    """What to look at, and what to start from."""
    state = page_state(YourCodeState)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        if state.ran and not state.ran.refusals:
            views = results.views(state)
            if stored(_VIEW) not in views:
                put({_VIEW: results.first(views)})
            st.segmented_control(
                "What to look at",
                views,
                key=_VIEW,
                required=True,
                label_visibility="collapsed",
                on_change=by_hand(),
            )
        else:
            st.markdown(source().begins)
        if source().text is None:
            _examples()
    for sentence in said_once(state.said):
        st.warning(sentence, icon=":material/link_off:")


def _examples() -> None:
    st.selectbox(
        "Start from an example",
        EXAMPLES,
        index=None,
        key="your_example",
        placeholder="Start from an example",
        label_visibility="collapsed",
        width=270,
        on_change=by_hand(_begin_with),
    )


def body() -> None:
    """The steps over the whole width, or what a run told beside the text."""
    state = page_state(YourCodeState)
    _body(state, _view(state))
    if follow := source().follow:
        follow(state.text)


def _body(state: YourCodeState, view: str) -> None:
    if not state.types and view == results.STEPS:
        _stepper(state, beside=True)
        results.ending(state)
        return
    told, text = st.columns([1, 1.02], gap="small")
    with text:
        if state.types:
            _text_field(state)
        else:
            _stepper(state, beside=False)
    with told:
        _told(state, view)


def take_home() -> None:
    """The text as a file."""
    text = page_state(YourCodeState).text
    with st.container(horizontal=True, width="content", gap="xsmall"):
        taking_home.buttons(source().name, text)
        ran = page_state(YourCodeState).ran
        if source().shared and ran and ran.recording:
            taking_home.page(source().name, ran.text)


def _view(state: YourCodeState) -> str:
    if state.ran is None or state.ran.refusals:
        return ""
    views = results.views(state)
    return one_of(stored(_VIEW), views) or results.first(views)


def _told(state: YourCodeState, view: str) -> None:
    if state.ran is None:
        _nothing_yet(state)
    elif state.stale:
        st.info("The text has changed. **Run** it again to see what it does now.")
        st.html(_GREY)
        with st.container(key="your_old"):
            _of_run(state, view)
    else:
        _of_run(state, view)


def _of_run(state: YourCodeState, view: str) -> None:
    if view:
        results.SHOWN[view](state)
    else:
        refusals(state)


def _nothing_yet(state: YourCodeState) -> None:
    if not state.stranger:
        st.markdown(
            "A run shows every statement as a step and the graph that autograd recorded. It "
            "shows the numbers of each loop, what was printed, and what went wrong."
        )
        return
    there = linked_moment(PANEL)
    leads = f" The link leads to statement {there:,} of its run." if there is not None else ""
    st.info(f"This text came with the link, and nothing of it has run. Press **Run**.{leads}")


def _text_field(state: YourCodeState) -> None:
    marks = [] if state.stale else marks_of(state)
    editor(
        state.text,
        key=EDITOR,
        session=state.name,
        order=state.order,
        marks=marks,
        most=MAX_CHARACTERS,
        steps=state.ran is not None and not state.ran.refusals and not state.stale,
        keeps=source().shared,
        reads_only=source().text is not None,
        height=_HEIGHT,
        on_text=_taken,
        on_run=_run,
        on_steps=_to_steps,
    )


def _stepper(state: YourCodeState, *, beside: bool) -> None:
    if state.ran is None:
        return
    doubtful = doubtful_lines(state)
    own = Parts(state.ran.text, own=True) if source().shared else None
    close = "✎ Edit" if source().text is None else "✕ Close steps"
    first = next(iter(doubtful), None)
    failed = state.ran.end is not None and state.ran.end.state == "failed"
    ready = Ready(state.ran.recording, close, _edit, beside, first, own, failed)
    if source().shared:
        ready = ready._replace(here="Graph at this moment", on_here=_graph_here)
    code_panel(state.ran.text, key=PANEL, doubtful=doubtful, ready=ready)


# What is pressed


def _taken() -> None:
    if said := typed(EDITOR, "text"):
        _take(said)


def _run() -> None:
    if (said := typed(EDITOR, "run")) and _take(said):
        page_state(YourCodeState).ask()


def _take(said: Typed) -> bool:
    """Take up what was typed, if it was typed into the text that stands here now."""
    state = page_state(YourCodeState)
    if said.order != state.order or (source().text and said.text != state.text):
        return False
    try:
        state.text = said.text if source().text else checked(said.text)
    except ValueError as error:
        state.said.append(f"The text was not taken: {error}.")
        return False
    return True


def _to_steps() -> None:
    state = page_state(YourCodeState)
    if state.ran and not state.ran.refusals and not state.stale and heard(EDITOR, "steps"):
        state.editing = False


def _graph_here() -> None:
    """Show the graph as it stands at the moment that the steps hold."""
    state, number = page_state(YourCodeState), whole_number(heard(PANEL, "here"), range(MOST))
    if number is not None and state.ran and state.ran.recording:
        state.held = number
        put({_VIEW: results.GRAPH})


def _edit() -> None:
    if heard(PANEL, "steps") is False:
        page_state(YourCodeState).editing = True


def _begin_with() -> None:
    name = one_of(stored("your_example"), EXAMPLES)
    if name is None:
        return
    state = page_state(YourCodeState)
    if state.text.strip() and all(one.text != state.text for one in EXAMPLES.values()):
        state.said.append("**Undo** in the editor brings your own text back.")
    state.write(EXAMPLES[name].text)
    state.ran, state.stranger = None, False
    put({"your_example": None})
