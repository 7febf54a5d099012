"""The switch that turns a tensor into something that can learn."""

import streamlit as st

from groundup.ui.autograd.sections import SECTIONS
from groundup.ui.controls.widgets import control
from groundup.ui.course.body import alone
from groundup.ui.settings.requires_grad import ABOUT

st.title("What does `requires_grad` switch on?")
section = control("autograd")
st.caption(ABOUT[section])
alone(SECTIONS[section])
