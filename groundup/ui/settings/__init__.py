"""The controls of each page, in a module of the page's name; ``ALL`` is every one of them."""

from groundup.ui.settings import nn_module, shared, training_loop

ALL = (*shared.CONTROLS, *training_loop.CONTROLS, *nn_module.CONTROLS)
