"""Where a learner arrives: what this is, the way through it, and the first button."""

import streamlit as st

from groundup.figures.road import STOPS, road
from groundup.figures.theme import palette

st.title("What happens inside `loss.backward()`?")
st.markdown(
    "groundup takes you from a single tensor to the layer at the heart of a large language model, "
    "one runnable step at a time. The code you see is, to the letter, the code that runs: "
    "step through it, break it, change it, and take it home."
)
st.graphviz_chart(
    road(STOPS, palette(dark=st.context.theme.type == "dark")),
    width="stretch",
    alt="Six stops in a row: " + ", ".join(f"{stop.title} ({stop.learned})" for stop in STOPS),
)
if st.button("Start", type="primary", icon=":material/arrow_forward:", key="begin"):
    st.switch_page("app_pages/tensors.py")
st.caption(
    "Nothing to install and nothing to sign up for: it all runs on this server's PyTorch. "
    "Every number you will see was computed when you pressed the button."
)
