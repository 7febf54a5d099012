"""The controls of each page, in a module of the page's name; ``ALL`` is every one of them."""

from groundup.ui.settings import shared, tensors, training_loop

ALL = (*shared.CONTROLS, *tensors.CONTROLS, *training_loop.CONTROLS)
