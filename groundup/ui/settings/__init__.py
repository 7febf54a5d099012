"""The controls of each page, in a module of the page's name; ``ALL`` is every one of them."""

from groundup.ui.settings import (
    computation_graph,
    ffn_scale,
    nn_module,
    optimizers,
    requires_grad,
    review,
    shared,
    tensors,
    training_loop,
    words,
)

PAGES = (
    shared,
    tensors,
    requires_grad,
    computation_graph,
    training_loop,
    nn_module,
    optimizers,
    ffn_scale,
    review,
    words,
)

ALL = tuple(control for page in PAGES for control in page.CONTROLS)

OF_PAGE = {
    "tensors": tensors.CONTROLS,
    "requires_grad": requires_grad.CONTROLS,
    "computation_graph": computation_graph.CONTROLS,
    "training_loop": training_loop.CONTROLS,
    "nn_module": nn_module.CONTROLS + optimizers.CONTROLS,
    "ffn_scale": ffn_scale.CONTROLS,
}
"""What each page can show, beside what all pages share, by the page's name in its address."""

SECTIONS = frozenset({"look_at", "autograd", "part", "lab", "topic", "scale"})
"""The controls that open a section of a page."""

MADE = frozenset({"own_points"})
"""The controls that hold what a learner made: no settings, and Defaults leaves them alone."""
