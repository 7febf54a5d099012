"""What comes in a link: cleaned here, before any widget is made, so that no widget is handed it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import streamlit as st

from groundup.ui.controls.declaration import Control
from groundup.ui.controls.state import ControlsState, Refused
from groundup.ui.state import drop_from_link, is_stored, page_state, part_in_link, put

MOMENT = "statement"
"""The link's ``statement=PANEL-17`` opens the steps of a code panel at its 17th statement."""

CODE = "code"
"""The link's ``code=`` holds the learner's own text, packed."""

SECTION = "section"
"""The link's ``section=4.2`` names the section of the path that is open."""

TASK = "task"
"""The link's ``task=`` names the task of the section that is open."""

CHAPTER = "chapter"
"""The link's ``chapter=4`` names the chapter whose card the review shows."""

JOIN, ASK = "join", "ask"
"""The link's ``join=`` holds a room's code, and ``ask=`` the question that a teacher will ask."""

PLAN = "plan"
"""The link's ``plan=backward`` names the plan that is given to a class."""

AT = "plan_moment"
"""The link's ``plan_moment=3`` names the moment of the plan, counted from 1."""

NOTES = "notes"
"""The link's ``notes=backward`` names the plan whose notes the page Teach shows."""

NO_CONTROLS = frozenset({MOMENT, CODE, SECTION, TASK, CHAPTER, JOIN, ASK, PLAN, AT, NOTES})
"""What a link may hold besides the settings of controls."""

_MOMENT = re.compile(r"([a-z][a-z0-9_]{0,40})-([0-9]{1,7})", re.ASCII)


def linked_moment(panel: str) -> int | None:
    """The number of the statement that the link names in the panel called ``panel``."""
    found = _MOMENT.fullmatch(st.query_params.get(MOMENT, ""))
    return int(found[2]) if found and found[1] == panel else None


def linked_panel() -> str | None:
    """The code panel whose statement the link names, whether there is such a panel or not."""
    found = _MOMENT.fullmatch(st.query_params.get(MOMENT, ""))
    return found[1] if found else None


def open_former(key: str, former: str, controls: Iterable[str], panels: Sequence[str]) -> None:
    """Let a link that was sent when ``former`` was the default of the control ``key`` open that.

    Such a link does not hold that control: it is known by one of the ``controls`` or code
    ``panels`` of that section. It is for the page's first run alone; then the learner chooses.
    """
    linked = set(st.query_params)
    if is_stored(key) or key in linked:
        return
    if linked & set(controls) or linked_panel() in panels:
        put({key: former})


def say_refused_moment() -> None:
    """Say so where what the link calls a moment is none."""
    raw = st.query_params.get(MOMENT)
    if raw is not None and not _MOMENT.fullmatch(raw):
        st.warning(f"`{MOMENT}={printable(raw)}` was not used: it names no code and statement.")


def clean_link(controls: Iterable[Control]) -> None:
    """Take out of the link what these ``controls`` cannot use, and remember why.

    Streamlit hands a widget what stands in the link before the app sees it, and on the way it calls
    ``int(inf)``. A value that was taken out is gone from the address bar too.
    """
    controls = list(controls)
    linked = set(st.query_params)
    refused = {
        declaration.key: answer
        for declaration in controls
        if declaration.key in linked and (answer := _refused(declaration))
    }
    if refused:
        page_state(ControlsState).refused |= refused
        drop_from_link(refused)
    for declaration in controls:
        if declaration.kind == "several" and declaration.key in linked - set(refused):
            _part(declaration.key)


def _part(key: str) -> None:
    """Part a choice of several that stands in one piece: ``racers=SGD, Adam``, as it is written
    by hand; Streamlit takes one name each."""
    match st.query_params.get_all(key):
        case [whole] if ", " in whole:
            part_in_link(key, whole.split(", "))


def _refused(declaration: Control) -> Refused | None:
    every = st.query_params.get_all(declaration.key)
    raw = ", ".join(every)
    if len(every) > 1 and declaration.kind != "several":
        return Refused(printable(raw), f"it stands {len(every)} times in the link")
    reason = declaration.refusal(raw)
    return Refused(printable(raw), reason) if reason else None


def printable(raw: str, longest: int = 30) -> str:
    """``raw`` as it can stand in a sentence as code: shortened, and without what breaks it."""
    short = raw if len(raw) <= longest else raw[: longest - 3] + "..."
    return "".join(c if c.isprintable() and c != "`" else "·" for c in short)
