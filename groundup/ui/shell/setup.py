"""What is done once in the life of the server."""

from __future__ import annotations

import gc
import importlib

import streamlit as st
import torch

from groundup.engine import devices, lesson, observe


@st.cache_resource(show_spinner=False)
def warm_up() -> None:
    """Import everything that pages would import lazily, then freeze the garbage collector's view.

    Streamlit collects garbage after every run, and walks all of torch's objects each time (about
    100 ms). Frozen objects are not walked. What is imported after the freeze would be, so all
    imports come first: components bring pandas and pyarrow, an optimizer brings torch._dynamo.
    """
    # The toy lessons are too small to share between threads, and a class of thirty is not.
    torch.set_num_threads(1)
    for module in ("pandas", "pyarrow", "plotly.graph_objects", "graphviz"):
        importlib.import_module(module)
    weight = torch.nn.Linear(1, 1).weight
    weight.grad = torch.zeros_like(weight)
    torch.optim.Adam([weight]).step()
    # The first arithmetic on the meta device, where typed programs are sized, imports for a second.
    _ = torch.empty(1, device="meta").exp() * 2
    observe.run(lesson.load("training_loop").set(epochs=1).text)
    devices.devices()
    gc.collect()
    gc.freeze()
