"""Where w and b begin: at random numbers, or where the learner says."""

from __future__ import annotations

from streamlit.delta_generator import DeltaGenerator

from groundup.ui.controls.widgets import control, declared
from groundup.ui.state import put

_START = ("start_w", "start_b")


def begin_at(where: DeltaGenerator) -> None:
    """The control of that name, in ``where``, and the two numbers.

    Who says a number has chosen: in a link, or by moving its control.
    """
    starts = {key: control(key, on_change=_chosen) for key in _START}
    said = any(start != declared()[key].default for key, start in starts.items())
    with where:
        control("begin_at", default="chosen" if said else None)


def _chosen() -> None:
    put({"begin_at": "chosen"})
