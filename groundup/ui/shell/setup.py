"""What is done once in the life of the server."""

from __future__ import annotations

import gc
import importlib

import streamlit as st

from groundup.engine import heap
from groundup.engine import warm_up as engine_start
from groundup.ui.shell.logs import hide_messages
from groundup.ui.shell.sparing import spare


@st.cache_resource(show_spinner=False)
def warm_up() -> None:
    """Import everything that pages would import lazily, then freeze the garbage collector's view.

    The server's log is told to keep visitors' texts out, the C library to keep few heaps, and
    Streamlit to do once what is the same in each run.

    Streamlit collects garbage after every run, and walks all of torch's objects each time (about
    100 ms). Frozen objects are not walked. What is imported after the freeze would be, so all
    imports come first: components bring pandas and pyarrow, a tensor on meta brings torch._refs.
    """
    hide_messages()
    spare()
    heap.share()
    for module in ("pandas", "pyarrow", "plotly.graph_objects", "graphviz"):
        importlib.import_module(module)
    engine_start.warm_up()
    gc.collect()
    gc.freeze()
