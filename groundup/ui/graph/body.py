"""The graph page's body: a row of controls, the graph, the program, and what is read from both."""

from __future__ import annotations

import streamlit as st

from groundup.graph.recording import GraphTrace
from groundup.ui.controls.widgets import control, popover
from groundup.ui.graph import page, parts, program_box
from groundup.ui.shell.details import details

_TOLD = """
- **The mathematics.** Boxes are tensors, ellipses are operations; a rounded box is an operation
  whose result has no name. PyTorch itself reported each of them while your program ran. A number
  behind ↑ or ← flowed the other way, in backward(). Where a name is assigned again, y₁ is its
  first tensor; an input keeps its name.
- **What autograd recorded.** Rounded boxes are the `grad_fn` objects, by their own names. A square
  one is an `AccumulateGrad`: it adds what arrives to the `.grad` of a leaf. The arrows point the
  way that gradients flow.
- **On a line** stands incoming gradient × local derivative = outgoing gradient. Where the numbers
  are many, only the last of the three; in a large graph, only for the step that runs. [2; 3] are
  rows of a matrix; Σ says that products are summed, because an input was broadcast. An operation
  that mixes elements shows sizes: 3 → 3 for softmax, 2×3 @ Bᵀ → 2×4 for a matrix product. Lines
  that leave one tensor share their way and branch off where they are needed.
- **Dashed** is not there yet. **Thick** is what runs now, or what you chose.
- **.grad** is where a leaf keeps the gradient that reached it. It only **passes** through the
  other tensors, on the way to the leaves: it is not kept there, and their own `.grad` stays None.
- **B**, **S** and **P** are Back, Step and Play; Ctrl and the wheel zoom, and the mouse drags.
"""


def body() -> None:
    """The program, its graph, and what is read from both."""
    page.read_player()
    seen, why_not, chosen = _controls()
    moment = page.moment(seen) if seen else 0

    picture, code = st.columns([1.25, 1], gap="medium")
    with code:
        program_box.program_box()
        program_box.inputs()
        if seen:
            page.code(seen, moment, chosen)
        program_box.inputs_box()
        page.say_not_run(why_not)
    if seen:
        with picture:
            page.picture(seen, moment)
            page.sentences(seen, moment)
            st.caption(program_box.hint())
        parts.PARTS[control("part")](seen, moment, chosen)
    details("What am I looking at?", _told, key="graph_told", icon=":material/help:")


def _told() -> None:
    st.markdown(_TOLD)


def _controls() -> tuple[GraphTrace | None, str, str]:
    """The controls in a row that breaks where the screen is narrow.

    Returns:
        the recording of what is typed, why there is none of it, and the key of the chosen node.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        control("graph", on_change=program_box.begin, width=125)
        control("view", width=315)
        # A link's program, else that of the control above, which a link sets where it is drawn.
        program_box.ready()
        seen, why_not = page.recording()
        more = st.container(width="content")
    with more, popover("More", key="graph_more", icon=":material/tune:"):
        chosen = page.chosen_node(seen) if seen else ""
        control("saved_tensors")
        control("across")
    return seen, why_not, chosen
