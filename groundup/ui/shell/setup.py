"""What is done once in the life of the server."""

from __future__ import annotations

import gc
import importlib

import streamlit as st

from groundup.engine import heap
from groundup.engine import warm_up as engine_start
from groundup.ui.shell.logs import hide_messages


@st.cache_resource(show_spinner=False)
def warm_up() -> None:
    """Import everything that pages would import lazily, then freeze the garbage collector's view.

    The server's log is told to keep visitors' texts out, and the C library to keep few heaps.

    Streamlit collects garbage after every run, and walks all of torch's objects each time (about
    100 ms). Frozen objects are not walked. What is imported after the freeze would be, so all
    imports come first: components bring pandas and pyarrow, a tensor on meta brings torch._refs.
    """
    hide_messages()
    heap.share()
    for module in ("pandas", "pyarrow", "plotly.graph_objects", "graphviz"):
        importlib.import_module(module)
    engine_start.warm_up()
    gc.collect()
    gc.freeze()
