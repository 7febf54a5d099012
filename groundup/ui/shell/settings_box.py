"""The box *Settings* beside every page: what all pages share, drawn where somebody wants it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from groundup.ui import settings
from groundup.ui.controls.declaration import Control, as_text
from groundup.ui.controls.state import ControlsState
from groundup.ui.controls.widgets import by_hand, control, folded, value
from groundup.ui.course.opening import Link
from groundup.ui.course.sizing import SIZE, keep_size, size_control
from groundup.ui.shell import embedding
from groundup.ui.state import drop_from_link, is_stored, link, page_state, put, write_link

_LOOKS = tuple(
    one for one in settings.shared.CONTROLS if one.key in {SIZE, "letter_keys", "present"}
)
"""How a page without settings of its own can be shown."""


@dataclass
class SettingsState:
    """Whether the box was filled in this visit: then it is filled on every page."""

    filled: bool = False


def show(page: str) -> None:
    """The box, and what it holds if it was opened, or if one of its controls was set.

    A control that is not drawn has its default, and no place in the link.
    """
    keep_size()
    shown = settings.shared.CONTROLS if page in settings.OF_PAGE else _LOOKS
    box = st.expander(
        "Settings", icon=":material/settings:", key="settings_open", on_change=by_hand()
    )
    state = page_state(SettingsState)
    if not (state.filled or box.open or any(map(_is_set, shown))):
        return
    if not state.filled:
        _write_into_link(shown)
    state.filled = True
    with folded(box):
        _fill(page, shown)


def _is_set(one: Control) -> bool:
    return (
        one.key in st.query_params
        or one.key in page_state(ControlsState).refused
        or value(one.key) != one.widget_default
    )


def _write_into_link(shown: Sequence[Control]) -> None:
    """A control that is drawn for the first time writes nothing into the link: what was put there
    before, by a press elsewhere, is written here."""
    here = link()
    held: Link = {key: st.query_params.get_all(key) for key in here}
    moved = {one.key: value(one.key) for one in shown if value(one.key) != one.widget_default}
    held |= {key: as_text(now) for key, now in moved.items()}
    if held.keys() - here.keys():
        write_link(held)


def _fill(page: str, shown: Sequence[Control]) -> None:
    for one in shown:
        size_control() if one.key == SIZE else control(one.key)
    if page not in settings.OF_PAGE:
        return
    st.button(
        "Defaults",
        key="defaults",
        icon=":material/settings_backup_restore:",
        help="Every setting of this page, device and seed at its default. The section stays "
        "open, and your runs, pins and own points stay.",
        on_click=_restore,
        args=(page,),
    )
    st.caption(
        "The link in the address bar holds the section, the setting of every control that you "
        "see, and a small table of own points. Not in it: guesses, a pasted error, a larger "
        "table, a model file, pinned runs, and where a run was stopped or stepped to."
    )
    embedding.offer()


def _restore(page: str) -> None:
    shown = (*settings.shared.CONTROLS, *settings.OF_PAGE[page])
    restored = [one for one in shown if one.key not in settings.SECTIONS | settings.MADE]
    # What the link held of controls that are not on the page yet waits there for them.
    if waiting := [one.key for one in restored if one.key in st.query_params]:
        drop_from_link(waiting)
    put({one.key: one.widget_default for one in restored if is_stored(one.key)})
