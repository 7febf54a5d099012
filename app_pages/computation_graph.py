"""The computation graph: what autograd records on the way forward, and what flows back along it."""

import streamlit as st

from groundup.ui.course.body import alone
from groundup.ui.graph import page
from groundup.ui.graph.body import body

st.title("What does PyTorch remember of a computation?")
alone(body)
page.load_code()
