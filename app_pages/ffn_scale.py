"""FFN scale: from nn.Linear(1, 1) to the layer inside a model of 8 billion parameters."""

import streamlit as st

from groundup.ui.components import player_panel
from groundup.ui.controls.widgets import control
from groundup.ui.course.body import alone
from groundup.ui.scale.sections import SECTIONS, open_linked

st.title("What changes between 2 parameters and 8 billion?")
open_linked()
alone(SECTIONS[control("scale")])
player_panel.load_code()
