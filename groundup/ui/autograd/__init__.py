"""What the requires_grad page shows that is more than one line of it, section by section."""

from groundup.ui.autograd.accumulation import stack, used_twice, ways_to_clear
from groundup.ui.autograd.common import code, printed
from groundup.ui.autograd.gallery import cure, predicted, search, tally, verdict
from groundup.ui.autograd.slope import (
    curve,
    curve_lesson,
    hessian,
    one_more,
    slope_numbers,
    surface,
)
from groundup.ui.autograd.switch import destinies, program, tensor_cards, walk
from groundup.ui.autograd.ways_out import about_way, every_way, memory
from groundup.ui.components.messages import failed

__all__ = [
    "about_way",
    "code",
    "cure",
    "curve",
    "curve_lesson",
    "destinies",
    "every_way",
    "failed",
    "hessian",
    "memory",
    "one_more",
    "predicted",
    "printed",
    "program",
    "search",
    "slope_numbers",
    "stack",
    "surface",
    "tally",
    "tensor_cards",
    "used_twice",
    "verdict",
    "walk",
    "ways_to_clear",
]
