"""What the server keeps of a visitor, and the one way to it.

Controls, other widgets and components hold their values under keys of their own; :func:`stored`
reads one, :func:`put` and :func:`forget` change one that this run has not drawn yet. What no widget
holds is a typed object, one a page or topic: :func:`page_state`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

T = TypeVar("T")

_PREFIX = "state:"
_STATES = "states"


@dataclass
class FoldedState:
    """What was put into popovers of controls that were closed.

    A closed popover's widgets are not in the browser's page, so they never hear what was put into
    them: with every message the browser goes on to say what they showed when it was last open.

    Attributes:
        within: the popover that shows a control, by the control's key.
        put: what the browser may still say a control holds, and what was put, by the control's key.
    """

    within: dict[str, str] = field(default_factory=dict)
    put: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def note(self, key: str, value: object) -> None:
        """``value`` is put into the control called ``key``."""
        if key in self.within and not stored(self.within[key]):
            before, _ = self.put.get(key, (stored(key), None))
            self.put[key] = (before, value)


def page_state(kind: type[T]) -> T:
    """This visitor's one object of the class ``kind``, made by ``kind()`` when first asked for."""
    states, key = _states(), state_key(kind)
    if key not in states:
        states[key] = kind()
    state: T = states[key]
    return state


def take_in(states: Iterable[object]) -> None:
    """Let this visitor's object of each one's class be that one."""
    _states().update({state_key(type(state)): state for state in states})


def page_states() -> list[Any]:
    """All of this visitor's objects that :func:`page_state` made."""
    return [state for _, state in sorted(_states().items())]


def _states() -> dict[str, Any]:
    """Those objects. They have one key, for each text box and choice looks through all keys."""
    try:
        known: dict[str, Any] = st.session_state[_STATES]
    except KeyError:
        known = st.session_state[_STATES] = {}
    return known


def state_key(kind: type) -> str:
    """Where ``st.session_state`` keeps the object of the class ``kind``; no control has such a key.

    Streamlit makes modules anew when a file changes, and with them their classes: the name stays.
    """
    return f"{_PREFIX}{kind.__module__}.{kind.__qualname__}"


def visit_name() -> str:
    """Streamlit's name of this visit; a reload begins another."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def stored(key: str, default: Any = None) -> Any:
    """What the control, widget or component called ``key`` holds; before it is there, ``default``.

    A component holds a mapping of what the learner last did in it.
    """
    return st.session_state.get(key, default)


def is_stored(key: str) -> bool:
    """Whether the control, widget or component called ``key`` holds anything yet."""
    return key in st.session_state


def put(values: Mapping[str, Any]) -> None:
    """Let the controls and widgets called as in ``values`` hold those.

    Streamlit refuses that for what the present run has drawn: do it before, or in a callback.
    """
    for key, value in values.items():
        page_state(FoldedState).note(key, value)
        st.session_state[key] = value


def put_again() -> None:
    """A run begins: what was put into a closed popover holds, whatever the browser says of it.

    Once the popover is open, its widgets hear of it, and what they say then is the learner's.
    """
    folded = page_state(FoldedState)
    for key, (before, value) in tuple(folded.put.items()):
        is_old = is_stored(key) and stored(key) == before and not came_back()
        if is_old:
            st.session_state[key] = value
        if stored(folded.within[key]) or not (is_old or stored(key) == value):
            del folded.put[key]


def is_unheard(key: str) -> bool:
    """Whether the browser may still say of the control ``key`` what it showed before a put."""
    return key in page_state(FoldedState).put


def forget(key: str) -> None:
    """Let the control or widget called ``key`` begin with its default again."""
    st.session_state.pop(key, None)


def drop_from_link(keys: Iterable[str]) -> None:
    """Take ``keys`` (one at least) out of the link, before any widget is made from what it says."""
    # Not by ``del st.query_params[key]``: that is forbidden once a widget was bound to the key (the
    # browser's Back brings the old link again), and leaves alone what widgets are made from.
    context = get_script_run_ctx()
    if context is None:
        return
    # One message to the browser is enough.
    told, *others = keys
    with context.session_state.query_params() as params:
        for key in others:
            params.discard_param_no_forward_msg(key)
        params.remove_param(told)
        params.set_initial_query_params_from_current()


def part_in_link(key: str, values: list[str]) -> None:
    """Let the link hold ``key`` once for each of ``values``, before its widget is made."""
    if context := get_script_run_ctx():
        with context.session_state.query_params() as params:
            params.set_with_no_forward_msg(key, values)
            params.set_initial_query_params_from_current()


def link() -> dict[str, str]:
    """What stands in the link, as a control reads it: several values parted by commas."""
    return {key: ", ".join(st.query_params.get_all(key)) for key in st.query_params}


def write_link(query: Mapping[str, str | list[str]]) -> None:
    """Let the link hold ``query`` and nothing else, before any widget is made from what it says."""
    # Not by ``st.query_params.from_dict``: that is forbidden for what a widget is bound to.
    context = get_script_run_ctx()
    if context is None:
        return
    with context.session_state.query_params() as params:
        params.clear_with_no_forward_msg(preserve_embed=True)
        for key, value in query.items():
            params.set_with_no_forward_msg(key, value)
        params._send_query_param_msg()
        params.set_initial_query_params_from_current()


def overlook_in_link(key: str) -> None:
    """Let this run be as if ``key`` were not in the link; the address bar keeps it."""
    if context := get_script_run_ctx():
        with context.session_state.query_params() as params:
            params.discard_param_no_forward_msg(key)


def part_runs_alone() -> bool:
    """Whether only a part of the page runs now, and the others stay as they are."""
    context = get_script_run_ctx()
    return bool(context and context.fragment_ids_this_run)


def came_back() -> bool:
    """Whether the browser's Back, or Forward, brought this run."""
    context = get_script_run_ctx()
    return bool(context and context.is_history_navigation)


def keep_values_on_back() -> None:
    """Let this run keep what widgets hold, as one after a press does, though Back brought it."""
    # Without it, what the link does not hold is set back to its default (1.67's
    # ``SessionState._handle_query_param_binding``); there is no public way to say so.
    if context := get_script_run_ctx():
        context.is_history_navigation = False
