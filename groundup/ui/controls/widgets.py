"""Every control of the app: declared once, bound to the URL, checked twice.

A page asks for a control by its key. The key is public: it is the name in a shared link. Bounds
in the browser stop nobody who writes a link by hand, so values are checked here again, and a
refused one is answered by a sentence beside the control.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from groundup.ui.controls.declaration import Control, Value, as_text
from groundup.ui.controls.kinds import (
    TYPED,
    WIDGETS,
    by_hand,
    declared,
    log_stops,
    page_finished,
)
from groundup.ui.controls.link import NO_CONTROLS, clean_link, printable
from groundup.ui.controls.state import ControlsState, Refused
from groundup.ui.state import FoldedState, page_state, stored

__all__ = [
    "Control",
    "by_hand",
    "control",
    "declared",
    "folded",
    "log_stops",
    "note_popover",
    "page_begun",
    "page_finished",
    "popover",
    "say_refused",
    "unknown_keys",
    "value",
    "values",
]


_REFUSED_ICON = ":material/link_off:"


def control(
    key: str,
    *,
    on_change: Callable[[], None] | None = None,
    default: Value | None = None,
    high: float | None = None,
    width: int | Literal["stretch", "content"] | None = None,
) -> Any:
    """Show the control called ``key`` and return its value, which is always an allowed one.

    ``default`` and ``high`` take the place of the declared ones, where they depend on another
    control. ``width`` is in pixels, or as Streamlit says it; without it the kind's own holds.
    """
    declaration = declared()[key]
    declaration = declaration if default is None else replace(declaration, default=default)
    declaration = declaration if high is None else replace(declaration, high=high)
    # The whole link is cleaned where a page begins; a part of the page that runs alone begins here.
    clean_link([declaration])
    note_popover(key)
    heard = on_change if declaration.kind in TYPED else by_hand(on_change)
    bound: dict[str, Any] = {
        "key": key,
        "help": declaration.help,
        "bind": "query-params",
        "on_change": heard,
    }
    if width is not None:
        bound |= {"width": width}
    entered = WIDGETS[declaration.kind](declaration, bound)
    if not declaration.allows(entered):
        raw = as_text(entered)
        forged = Refused(printable(raw), declaration.refusal(raw) or "choose one")
        _say(key, forged, declaration.default)
        return declaration.default
    say_refused(key, moved=entered != declaration.default, now=declaration.default)
    return entered


def note_popover(key: str) -> None:
    """Note which popover, if any, is being filled with the control called ``key``."""
    if popover := page_state(ControlsState).popover:
        page_state(FoldedState).within[key] = popover


def say_refused(key: str, *, moved: bool, now: Value | None = None) -> None:
    """Say what of the link the control called ``key`` could not use, and what it is ``now``.

    It is said until the learner has ``moved`` the control from where it began.
    """
    refused = page_state(ControlsState).refused
    if moved:
        refused.pop(key, None)
    if key in refused:
        _say(key, refused[key], now)


def _say(key: str, refused: Refused, now: object) -> None:
    instead = "" if now in {None, ""} else f" Now it is {now}."
    sentence = f"`{key}={refused.shown}` was not used: {refused.reason}.{instead}"
    folded_away = page_state(ControlsState).folded
    if folded_away is None:
        st.warning(sentence, icon=_REFUSED_ICON)
    else:
        folded_away.append(sentence)


@contextmanager
def folded(block: DeltaGenerator) -> Iterator[None]:
    """Fill ``block``, a popover or an expander, with controls.

    What of a link they could not use is said under it, for a closed one shows nothing.
    """
    state = page_state(ControlsState)
    said: list[str] = []
    state.folded = said
    try:
        with block:
            yield
    finally:
        state.folded = None
    for sentence in said:
        st.warning(sentence, icon=_REFUSED_ICON)


@contextmanager
def popover(
    title: str,
    *,
    key: str,
    icon: str | None = None,
    width: Literal["stretch", "content"] = "stretch",
) -> Iterator[None]:
    """Fill a popover with controls, and let them keep what is put into them while it is closed.

    It says when it is opened: from then on its controls are heard again.
    """
    block = st.popover(title, key=key, icon=icon, width=width, on_change="rerun")
    state = page_state(ControlsState)
    state.popover = key
    try:
        with folded(block):
            yield
    finally:
        state.popover = ""


def value(key: str) -> Any:
    """What the control called ``key`` holds, before or after it is shown: always an allowed value.

    Nothing else reads it from what is stored: what a widget holds may be forged.
    """
    declaration = declared()[key]
    entered = stored(key)
    return entered if declaration.allows(entered) else declaration.widget_default


def values(*keys: str) -> dict[str, Any]:
    """The present values of controls, under their lesson's parameter names."""
    return {declared()[key].parameter or key: value(key) for key in keys}


def page_begun() -> None:
    """A page begins: take out of its link all that its controls cannot use."""
    clean_link(declared().values())


def unknown_keys() -> list[str]:
    """Names in the link that are no control of this app, fit to be shown."""
    known = {*declared(), *NO_CONTROLS}
    return sorted(printable(key) for key in st.query_params if key not in known)
