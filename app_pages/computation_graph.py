"""The computation graph: what autograd records on the way forward, and what flows back along it."""

import streamlit as st

from groundup.ui import graph, graph_parts, graph_program
from groundup.ui.controls import control

st.title("What does PyTorch remember of a computation?")
graph.hear()

# In a row that breaks where the screen is narrow, and not into one control a line.
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    which = st.container(width=210)
    view = st.container(width=315)
    look = st.container(width=195)
    more = st.container(width=115)
with which:
    control("graph", on_change=graph_program.begin)
with view:
    control("view")
with more, st.popover("More", icon=":material/tune:", width="stretch"):
    control("saved_tensors")
    control("across")
    graph_program.inputs_line()

picture, code = st.columns([1.35, 1], gap="medium")
with code:
    graph_program.program_box()
    seen = graph.recording()
    graph_program.inputs()

if seen:
    moment = graph.moment(seen)
    with look:
        chosen = graph.closer(seen)
    with code:
        graph.code(seen, moment, chosen)
    with picture:
        graph.picture(seen, moment)
        graph.told(seen, moment)
        st.caption(graph_program.hint())

    part = control("part")
    if part == "chain rule":
        graph_parts.chain_rule(seen, chosen)
    elif part == "check":
        graph_parts.check(seen)
    elif part == "life of the graph":
        graph_parts.life(seen)
    else:
        graph_parts.downloads(seen, moment)

with st.expander("What am I looking at?", icon=":material/help:"):
    st.markdown(
        """
- **The mathematics.** Boxes are tensors, ellipses are operations; a rounded box is an operation
  whose result you gave no name. PyTorch itself reported each of them while your program ran. What
  stands behind ↑ or ← flowed the other way, in backward(). Of a name assigned again, y₁ is the
  first.
- **What autograd recorded.** Rounded boxes are the `grad_fn` objects, by their own names. A square
  one is an `AccumulateGrad`: it adds what arrives to the `.grad` of a leaf. The arrows point the
  way that gradients flow.
- **On a line** stands incoming gradient × local derivative = outgoing gradient; only the last where
  the numbers are many, and in a large graph only for the step that runs. [2; 3] are rows of a
  matrix; Σ says that products are summed, because an input was broadcast. A matrix product gives
  sizes: 2×3 @ Bᵀ → 2×4. Lines that leave one tensor share their way and branch off where they are
  needed.
- **Dashed** is not there yet. **Thick** is what runs now, or what you chose.
- **grad** is the gradient that reached a tensor. Only leaves keep theirs, in `.grad`; the others
  pass it on.
- **B**, **S** and **P** are Back, Step and Play; Ctrl and the wheel zoom, and the mouse drags.
"""
    )

graph.deliver()
