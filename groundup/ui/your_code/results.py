"""What a run told, one view at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from groundup.diagnosis import Check
from groundup.ui.components.messages import plain, printed
from groundup.ui.your_code.graph_view import graph
from groundup.ui.your_code.numbers_view import numbers
from groundup.ui.your_code.state import YourCodeState
from groundup.ui.your_code.wrong import doubtful, look_here, stopped

STEPS, GRAPH, STOPPED, LOOK = "Steps", "Graph", "✗ Stopped", "! Look here"
_ALWAYS = (STEPS, GRAPH, "Numbers", "Printed")
_SIGNS = {"held": ":green[✓]", "broken": ":red[✗]", "not yet": "○"}


def views(state: YourCodeState) -> tuple[str, ...]:
    """The views of the last run; what went wrong has one of its own."""
    ran = state.ran
    failed = ran is not None and ran.end is not None and ran.end.state == "failed"
    return (*_ALWAYS, *[STOPPED] * failed, *[LOOK] * doubtful(state))


def first(offered: Sequence[str]) -> str:
    """The view that a run opens with: what went wrong, if anything did."""
    return next((one for one in (STOPPED, LOOK) if one in offered), STEPS)


def ending(state: YourCodeState) -> None:
    """How the run ended, and which of training's invariants held."""
    ran = state.ran
    if ran is None or ran.end is None:
        return
    if ran.end.state == "stopped":
        st.warning(plain(ran.end.words), icon=":material/timer_off:")
    else:
        st.caption(f"{plain(ran.end.words)} {ran.count:,} statements were executed.")
    if ran.cleaned:
        st.caption(" ".join(plain(one) for one in ran.cleaned))
    checks(ran.diagnosis.checks)


def checks(found: Sequence[Check]) -> None:
    """The invariants in a row, and a sentence for each that broke."""
    if not found:
        return
    told = " · ".join(f"{_SIGNS.get(one.state, '○')} {plain(one.name)}" for one in found)
    st.markdown(f"**Checks** (✓ held, ✗ broken, ○ not yet due):  {told}")
    for one in found:
        if one.state == "broken":
            place = f"Line {one.line}: " if one.line else ""
            st.error(f"{place}{one.sentence}", icon=":material/rule:")


def _steps(state: YourCodeState) -> None:
    st.markdown("**Steps** in the editor's head leads back to the steps of this run.")
    ending(state)


def _printed(state: YourCodeState) -> None:
    output = state.ran.output if state.ran else ""
    if output.strip():
        printed(output)
    else:
        st.info("It printed nothing.")


def _look_here(state: YourCodeState) -> None:
    look_here(state)
    ending(state)


SHOWN: Mapping[str, Callable[[YourCodeState], None]] = {
    STEPS: _steps,
    GRAPH: graph,
    "Numbers": numbers,
    "Printed": _printed,
    STOPPED: stopped,
    LOOK: _look_here,
}
"""The views, by their names."""
