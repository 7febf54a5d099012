"""Every control of the app: declared once, bound to the URL, checked twice.

A page asks for a control by its key. The key is public: it is the name in a shared link. Bounds
in the browser stop nobody who writes a link by hand, so values are checked here again, and a
refused one is answered by a sentence beside the control.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import streamlit as st

from groundup.engine.devices import devices
from groundup.ui import settings
from groundup.ui.controls.declaration import Control, Value
from groundup.ui.controls.state import ControlsState, Refused
from groundup.ui.state import held, is_held, page_state, put

__all__ = ["Control", "control", "declared", "log_stops", "settled", "unknown_keys", "values"]


@cache
def declared() -> dict[str, Control]:
    """Every control of every page, by key."""
    return {control.key: control for control in settings.ALL}


def control(
    key: str, *, on_change: Callable[[], None] | None = None, default: Value | None = None
) -> Any:
    """Show the control called ``key`` and return its value, which is always an allowed one.

    ``default`` takes the place of the declared one, where that depends on another control.
    """
    this = declared()[key]
    this = this if default is None else replace(this, default=default)
    refused = _refused(this)
    bound = {"key": key, "help": this.help, "bind": "query-params", "on_change": on_change}
    value = _WIDGETS[this.kind](this, bound)
    if value is None or this.refusal(_as_text(value)):
        st.warning(_sentence(this, _as_text(value)), icon=":material/edit_off:")
        return this.default
    if refused and value != this.default:
        # Streamlit reads epochs=1.5 in a link as 1, and lets go of it only on a second run.
        page_state(ControlsState).refused[key].undo = True
        st.rerun()
    if refused:
        st.warning(refused, icon=":material/link_off:")
    return value


def values(*keys: str) -> dict[str, Any]:
    """The present values of controls already shown, under their lesson's parameter names."""
    table = declared()
    return {table[k].parameter or k: held(k, table[k].default) for k in keys}


def unknown_keys() -> list[str]:
    """Names in the link that are no control of this app."""
    return sorted(key for key in st.query_params if key not in declared())


def _refused(this: Control) -> str:
    """The sentence about a refused value in the link, until the learner moves the control.

    The link is read before the widget is made, for the widget takes what it cannot use out of it.
    """
    remembered = page_state(ControlsState).refused
    raw = ", ".join(st.query_params.get_all(this.key))
    linked = this.key in st.query_params
    if not is_held(this.key) and linked and this.refusal(raw):
        remembered[this.key] = Refused(_sentence(this, raw))
    elif this.key in remembered and remembered[this.key].undo:
        put({this.key: this.held})
        remembered[this.key].undo = False
    elif this.key in remembered and held(this.key) != this.held:
        del remembered[this.key]
    return remembered[this.key].sentence if this.key in remembered else ""


def _sentence(this: Control, raw: str) -> str:
    shown = raw if len(raw) <= 30 else raw[:27] + "..."
    return f"`{this.key}={shown}` was not used: {this.refusal(raw)}. Now it is {this.default}."


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _slider(this: Control, bound: dict[str, Any]) -> Any:
    return st.slider(this.label, **_limits(this), **bound)


def _number(this: Control, bound: dict[str, Any]) -> Any:
    shown = "%.6g" if isinstance(this.default, float) else None
    return st.number_input(this.label, format=shown, **_limits(this), **bound)


def _limits(this: Control) -> dict[str, Any]:
    """Bounds, default and step in one type, as streamlit wants them."""
    kind = type(this.default)
    numbers = {"min_value": this.low, "max_value": this.high, "step": this.step or 1}
    return {name: kind(number) for name, number in numbers.items()} | {"value": this.default}


def _log(this: Control, bound: dict[str, Any]) -> Any:
    """A slider whose every decade is equally long, and a box for any number between its stops."""
    slide, box = st.columns([3, 2], vertical_alignment="bottom")
    slider_key = f"{this.key}_stop"
    value = box.number_input(
        f"{this.label}, exactly",
        float(this.low),
        float(this.high),
        float(this.default),
        step=float(this.step or this.low),
        format="%.6g",
        label_visibility="collapsed",
        **bound | {"help": None},
    )
    stops = log_stops(float(this.low), float(this.high))
    current = float(this.default if value is None else value)
    _move_stop(slider_key, min(stops, key=lambda stop: abs(math.log(stop / current))))
    slide.select_slider(
        this.label,
        stops,
        key=slider_key,
        format_func=lambda stop: f"{stop:g}",
        help=this.help,
        on_change=_follow_stop,
        args=(this.key, slider_key, bound["on_change"]),
    )
    return value


def log_stops(low: float, high: float) -> list[float]:
    """1, 1.5, 2, 3, 5 and 7 times each power of ten from ``low`` to ``high``."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    stops = [float(f"{m}e{p}") for p in range(first, last + 1) for m in (1, 1.5, 2, 3, 5, 7)]
    return [stop for stop in stops if low <= stop <= high]


def _move_stop(slider_key: str, stop: float) -> None:
    """Put the slider where its box says."""
    if held(slider_key, stop) != stop:
        page_state(ControlsState).left_stops[slider_key] = held(slider_key)
    put({slider_key: stop})


def settled() -> None:
    """The page was drawn to its end, so the browser knows where its sliders stand."""
    page_state(ControlsState).left_stops.clear()


def _follow_stop(key: str, slider_key: str, then: Callable[[], None] | None) -> None:
    # A browser that is told of a move in the middle of its next message still says where the slider
    # stood before: that is nobody's wish.
    if page_state(ControlsState).left_stops.get(slider_key) == held(slider_key):
        return
    put({key: float(held(slider_key))})
    if then:
        then()


def _select(this: Control, bound: dict[str, Any]) -> Any:
    return st.selectbox(this.label, this.options, this.options.index(str(this.default)), **bound)


def _several(this: Control, bound: dict[str, Any]) -> Any:
    most = int(this.high)
    if len(held(this.key, ())) > most:
        # A forged message can hold more than the browser lets one choose.
        put({this.key: held(this.key)[:most]})
    chosen = st.multiselect(this.label, this.options, this.held, max_selections=most, **bound)
    return ", ".join(chosen)


def _segments(this: Control, bound: dict[str, Any]) -> Any:
    return st.segmented_control(
        this.label,
        this.options,
        default=this.default,
        required=True,
        label_visibility="collapsed" if this.quiet else "visible",
        **bound,
    )


def _switch(this: Control, bound: dict[str, Any]) -> Any:
    return st.toggle(this.label, bool(this.default), **bound)


def _text(this: Control, bound: dict[str, Any]) -> Any:
    return st.text_input(this.label, str(this.default), max_chars=500, **bound)


def _device(this: Control, bound: dict[str, Any]) -> Any:
    """The devices that are here to choose from, and beneath them the others with the reason."""
    here = [device for device in devices() if not device.missing]
    chosen = st.radio(this.label, [d.name for d in here], captions=[d.title for d in here], **bound)
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


_WIDGETS = {
    "slider": _slider,
    "number": _number,
    "log": _log,
    "select": _select,
    "several": _several,
    "segments": _segments,
    "switch": _switch,
    "text": _text,
    "device": _device,
}
