"""The controls of each page, in a module of the page's name; ``ALL`` is every one of them."""

from groundup.ui.settings import (
    computation_graph,
    requires_grad,
    shared,
    training_loop,
)

PAGES = (
    shared,
    requires_grad,
    computation_graph,
    training_loop,
)

ALL = tuple(control for page in PAGES for control in page.CONTROLS)
