"""The parts of *Many machines*."""

from __future__ import annotations

from collections.abc import Callable

from groundup.ui.controls.widgets import control
from groundup.ui.scale.many.batch import batch_split
from groundup.ui.scale.many.home import take_home
from groundup.ui.scale.many.layer_cut import layer_cut
from groundup.ui.scale.many.state_spread import state_spread_out
from groundup.ui.settings import cut_and_spread
from groundup.ui.settings import many_machines as settings

PARTS: dict[str, Callable[[], None]] = {
    settings.BATCH: batch_split,
    cut_and_spread.CUT: layer_cut,
    cut_and_spread.STATE: state_spread_out,
    settings.HOME: take_home,
}
"""What each choice of the control ``many`` shows."""


def many_machines() -> None:
    """Four ways to have one model trained by many machines, on processes of this server."""
    PARTS[control("many")]()
