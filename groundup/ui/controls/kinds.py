"""How each kind of control becomes Streamlit's widgets."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from groundup.engine.devices import devices
from groundup.engine.turns import TURNS
from groundup.ui import settings
from groundup.ui.controls.declaration import Control
from groundup.ui.controls.state import ControlsState
from groundup.ui.state import is_unheard, page_state, put, stored


@cache
def declared() -> dict[str, Control]:
    """Every control of every page, by key."""
    return {control.key: control for control in settings.ALL}


TYPED = frozenset({"number", "text"})
"""Kinds of controls that are not moved by hand."""


def by_hand(then: Callable[..., None] | None = None) -> Callable[..., None]:
    """What a control calls that is moved by hand: ``then``, and the page is drawn before others."""

    def moved(*given: Any) -> None:
        TURNS.follow_hand()
        if then:
            then(*given)

    return moved


def _slider(declaration: Control, bound: dict[str, Any]) -> Any:
    return st.slider(declaration.label, **_limits(declaration), **bound)


def _number(declaration: Control, bound: dict[str, Any]) -> Any:
    shown = "%.6g" if isinstance(declaration.default, float) else None
    return st.number_input(declaration.label, format=shown, **_limits(declaration), **bound)


def _limits(declaration: Control) -> dict[str, Any]:
    """Bounds, default and step in one type, as streamlit wants them."""
    kind = type(declaration.default)
    numbers = {
        "min_value": declaration.low,
        "max_value": declaration.high,
        "step": declaration.step or 1,
    }
    return {name: kind(number) for name, number in numbers.items()} | {"value": declaration.default}


def _log(declaration: Control, bound: dict[str, Any]) -> Any:
    """A slider whose every decade is equally long, and a box for any number between its stops."""
    slide, box = st.columns([3, 2], vertical_alignment="bottom")
    slider_key = f"{declaration.key}_stop"
    entered = box.number_input(
        f"{declaration.label}, exactly",
        float(declaration.low),
        float(declaration.high),
        float(declaration.default),
        step=float(declaration.step or declaration.low),
        format="%.6g",
        label_visibility="collapsed",
        **bound | {"help": None},
    )
    stops = log_stops(float(declaration.low), float(declaration.high))
    current = float(declaration.default if entered is None else entered)
    nearest = min(stops, key=lambda stop: abs(math.log(stop / current)))
    _move_stop(slider_key, nearest)
    slide.select_slider(
        declaration.label,
        stops,
        key=slider_key,
        # The thumb stands at the nearest stop, and names the number that holds.
        format_func=lambda stop: f"{current if stop == nearest else stop:g}",
        help=declaration.help,
        on_change=_follow_stop,
        args=(declaration.key, slider_key, bound["on_change"]),
    )
    return entered


def log_stops(low: float, high: float) -> list[float]:
    """1, 1.5, 2, 3, 5 and 7 times each power of ten from ``low`` to ``high``."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    stops = [float(f"{m}e{p}") for p in range(first, last + 1) for m in (1, 1.5, 2, 3, 5, 7)]
    return [stop for stop in stops if low <= stop <= high]


def _move_stop(slider_key: str, stop: float) -> None:
    """Put the slider where its box says."""
    if stored(slider_key, stop) != stop:
        page_state(ControlsState).left_stops[slider_key] = stored(slider_key)
    put({slider_key: stop})


def page_finished() -> None:
    """The page was drawn to its end, so the browser knows where its sliders stand."""
    page_state(ControlsState).left_stops.clear()


def _follow_stop(key: str, slider_key: str, then: Callable[[], None] | None) -> None:
    # A browser that is told of a move in the middle of its next message still says where the slider
    # stood before: that is nobody's wish.
    if page_state(ControlsState).left_stops.get(slider_key) == stored(slider_key):
        return
    if is_unheard(key):
        return
    if not declared()[key].allows(stored(slider_key)):
        return
    put({key: float(stored(slider_key))})
    if then:
        then()


def _select(declaration: Control, bound: dict[str, Any]) -> Any:
    return st.selectbox(
        declaration.label,
        declaration.options,
        declaration.options.index(str(declaration.default)),
        **bound,
    )


def _several(declaration: Control, bound: dict[str, Any]) -> Any:
    limit = int(declaration.high)
    if len(stored(declaration.key, ())) > limit:
        # A forged message can hold more than the browser lets one choose.
        put({declaration.key: stored(declaration.key)[:limit]})
    chosen = st.multiselect(
        declaration.label,
        declaration.options,
        declaration.widget_default,
        max_selections=limit,
        **bound,
    )
    return ", ".join(chosen)


def _segments(declaration: Control, bound: dict[str, Any]) -> Any:
    kind = _named_segments if declaration.names else _plain_segments
    return kind(declaration, bound)


def _plain_segments(declaration: Control, bound: dict[str, Any]) -> Any:
    return st.segmented_control(
        declaration.label,
        declaration.options,
        default=declaration.default,
        required=True,
        label_visibility="collapsed" if declaration.quiet else "visible",
        **bound,
    )


def _named_segments(declaration: Control, bound: dict[str, Any]) -> Any:
    """Segments that show other names than a link holds.

    Streamlit writes into a link what a widget shows. So the link's are segments that nobody sees
    (``shell/styles.py``), as a logarithmic slider has a box, and those that are seen follow them.
    """
    entered = _plain_segments(declaration, bound | {"help": None})
    key = f"{declaration.key}_named"
    put({key: entered if declaration.allows(entered) else declaration.default})
    st.segmented_control(
        declaration.label,
        declaration.options,
        format_func=declaration.shown,
        required=True,
        key=key,
        help=declaration.help,
        label_visibility="collapsed" if declaration.quiet else "visible",
        on_change=_follow_seen,
        args=(declaration.key, key, bound["on_change"]),
    )
    return entered


def _menu(declaration: Control, bound: dict[str, Any]) -> Any:
    """A button with a menu: what is chosen in it begins something anew, also if chosen again.

    The menu itself holds nothing, so a link's are segments that nobody sees, as above.
    """
    entered = _plain_segments(declaration, bound | {"help": None})
    key = f"{declaration.key}_menu"
    st.menu_button(
        declaration.label,
        declaration.options,
        key=key,
        on_click=_follow_seen,
        args=(declaration.key, key, bound["on_change"]),
        width=bound.get("width", "content"),
    )
    return entered


def _follow_seen(key: str, seen: str, then: Callable[[], None] | None) -> None:
    if is_unheard(key) or not declared()[key].allows(stored(seen)):
        return
    put({key: stored(seen)})
    if then:
        then()


def _switch(declaration: Control, bound: dict[str, Any]) -> Any:
    return st.toggle(declaration.label, bool(declaration.default), **bound)


def _text(declaration: Control, bound: dict[str, Any]) -> Any:
    return st.text_input(
        declaration.label, str(declaration.default), max_chars=declaration.longest, **bound
    )


def _device(declaration: Control, bound: dict[str, Any]) -> Any:
    """The devices that are here to choose from, and beneath them the others with the reason."""
    here = [device for device in devices() if not device.missing]
    chosen = st.radio(
        declaration.label, [d.name for d in here], captions=[d.title for d in here], **bound
    )
    for device in devices():
        if device.missing:
            st.radio(
                device.name,
                [device.name],
                index=None,
                captions=[device.missing],
                key=f"no_{device.name}",
                disabled=True,
                label_visibility="collapsed",
            )
    return chosen


WIDGETS: dict[str, Callable[[Control, dict[str, Any]], Any]] = {
    "slider": _slider,
    "number": _number,
    "log": _log,
    "select": _select,
    "several": _several,
    "segments": _segments,
    "menu": _menu,
    "switch": _switch,
    "text": _text,
    "device": _device,
}
