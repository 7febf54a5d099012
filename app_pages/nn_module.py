"""nn.Module: the hand-written loop in professional tools, and then beyond a straight line."""

import streamlit as st

from groundup.ui.components import player_panel
from groundup.ui.controls.widgets import control
from groundup.ui.course.body import alone
from groundup.ui.modules.sections import SECTIONS, open_linked
from groundup.ui.optimizers.panel import the_optimizers
from groundup.ui.settings.nn_module import OPTIMIZERS

st.title("Where did my five steps go?")
open_linked()
alone({**SECTIONS, OPTIMIZERS: the_optimizers}[control("topic")])
player_panel.load_code()
