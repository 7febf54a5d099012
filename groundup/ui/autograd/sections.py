"""The sections of the requires_grad page."""

from __future__ import annotations

from collections.abc import Callable

from groundup.ui.autograd.accumulation import adding_up
from groundup.ui.autograd.beyond import beyond
from groundup.ui.autograd.gallery import mistakes
from groundup.ui.autograd.slope import a_slope
from groundup.ui.autograd.switch import the_switch
from groundup.ui.autograd.ways_out import out_of_the_graph
from groundup.ui.settings import requires_grad as settings

SECTIONS: dict[str, Callable[[], None]] = {
    settings.SWITCH: the_switch,
    settings.SLOPE: a_slope,
    settings.SUM: adding_up,
    settings.OUT: out_of_the_graph,
    settings.MISTAKES: mistakes,
    settings.BEYOND: beyond,
}
"""What each choice of the control ``autograd`` shows."""
