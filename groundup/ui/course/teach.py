"""The page Teach: the plans with their ways in, and a plan of a teacher's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

import streamlit as st

from groundup.course import plans
from groundup.course.handout import sheet
from groundup.course.plans import Plan
from groundup.ui.components import uploads
from groundup.ui.controls.link import AT, NOTES, printable
from groundup.ui.course import collecting, notes, showing, stops
from groundup.ui.course.prose import inline, label
from groundup.ui.course.showing import ShowingState
from groundup.ui.state import link, page_state

FILE = "groundup-plan.toml"


def show() -> None:
    """The notes that the link names, or else the plans."""
    here = link()
    plan = showing.find(here[NOTES]) if NOTES in here else None
    if plan and (at := showing.moment_in(plan, here.get(AT, "1"))):
        notes.page(plan, at)
        return
    st.title("Teach", anchor=False)
    if NOTES in here:
        _refused(here[NOTES], here.get(AT, ""), plan)
    st.markdown(
        "A plan is a list of moments: a page, a question, what to say. Page Down goes on, Page Up "
        "goes back, N shows the notes, which a second device can show too. While a plan is open, "
        "your own ticks and answers rest, and what is answered is not kept."
    )
    for one in plans.plans():
        _plan(one)
    _own()


def _refused(name: str, at: str, plan: Plan | None) -> None:
    if plan is None:
        st.warning(f"`{NOTES}={printable(name)}` was not used: {showing.missing(name)}.")
    else:
        said = f"`{AT}={printable(at)}` was not used: the plan has"
        st.warning(f"{said} the moments 1 to {len(plan.moments)}.")


def _plan(plan: Plan) -> None:
    with st.container(border=True, key=f"one_plan_{plan.id}"):
        count = len(plan.moments)
        moments = f"{count} moment{'s' if count > 1 else ''}"
        st.markdown(f"**{label(plan.name)}** · {plan.minutes} minutes, {moments}")
        if plan.about:
            st.text(plan.about)
        with st.container(horizontal=True):
            _ways(plan)
        with st.expander("Its moments"):
            st.html(f"<ol>{''.join(map(_line, plan.moments))}</ol>")


def _ways(plan: Plan) -> None:
    for name, present in (("Start", False), ("Present", True)):
        page, query = stops.begins(plan, present=present)
        icon = ":material/slideshow:" if present else ":material/play_arrow:"
        st.page_link(f"app_pages/{page}.py", label=name, icon=icon, query_params=query)
    st.page_link(
        "app_pages/teach.py",
        label="Notes",
        icon=":material/speaker_notes:",
        query_params={NOTES: plan.id},
    )
    asked = partial(sheet, plan, address=_address())
    _save("Sheet", asked, f"{plan.id}.html", key=f"sheet_{plan.id}")
    told = partial(sheet, plan, answers=True, address=_address())
    _save("Sheet with answers", told, f"{plan.id}-answers.html", key=f"answers_{plan.id}")


def _save(name: str, made: Callable[[], str], file: str, *, key: str) -> None:
    """A button that makes a page when it is pressed."""
    st.download_button(
        name, made, file, "text/html", key=key, icon=":material/print:", on_click="ignore"
    )


def _line(moment: plans.Moment) -> str:
    said = moment.asked.ask if moment.asked else moment.ask
    return f"<li>{inline(moment.name)}, {moment.minutes} min: {inline(said)}</li>"


def _address() -> str:
    """Where this app is served, as the browser calls it."""
    whole = urlsplit(st.context.url or "")
    return f"{whole.scheme}://{whole.netloc}{whole.path.rpartition('/')[0]}" if whole.netloc else ""


def _own() -> None:
    state = page_state(ShowingState)
    st.header("A plan of your own", anchor=False)
    st.markdown(
        "Collect moments: each page of the path then has a button at the foot of its sidebar. Save "
        "the plan as a file, write into it what to say, and bring it back. It lives in this visit "
        "alone."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        said = "Stop collecting" if state.collects else "Collect moments"
        st.button(said, key="collecting", icon=":material/playlist_add:", on_click=_turn)
        if state.own:
            content = plans.text(state.own)
            st.download_button("Save it (.toml)", content, FILE, key="own_file", on_click="ignore")
            st.button("Take the last moment away", key="own_shorter", on_click=_shorten)
    if state.own:
        _plan(state.own)
    st.file_uploader(
        "Bring a plan: a .toml file",
        type=["toml"],
        key="plan_file",
        max_upload_size=uploads.MAX_MB,
        on_change=_dropped,
    )
    if state.refused:
        st.error(state.refused, title="This plan was not taken")


def _turn() -> None:
    state = page_state(ShowingState)
    state.collects = not state.collects


def _shorten() -> None:
    state = page_state(ShowingState)
    state.own = collecting.own(state.own.moments[:-1]) if state.own else None


def _dropped() -> None:
    state = page_state(ShowingState)
    content = uploads.dropped("plan_file")
    state.refused = ""
    if content is None:
        return
    try:
        state.own = collecting.brought(content)
    except ValueError as error:
        state.refused = str(error)
