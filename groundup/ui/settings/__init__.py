"""The controls of each page, in a module of the page's name; ``ALL`` is every one of them."""

from groundup.ui.settings import (
    computation_graph,
    ffn_scale,
    nn_module,
    optimizers,
    requires_grad,
    shared,
    tensors,
    training_loop,
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
)

ALL = tuple(control for page in PAGES for control in page.CONTROLS)
