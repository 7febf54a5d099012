"""Where a learner arrives: what this is, the way through it, and the first button."""

import streamlit as st

st.title("PyTorch, from the ground up")
