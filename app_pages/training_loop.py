"""The training loop: y = 2x + 1 is found again from examples, by the recipe's five steps."""

import streamlit as st

from groundup.ui.components import player_panel
from groundup.ui.controls.widgets import control
from groundup.ui.course.body import alone
from groundup.ui.training import page

head = {"horizontal_alignment": "distribute", "vertical_alignment": "center"}
with st.container(horizontal=True, **head):
    st.title("How does a line find its data?", width="content")
    control("lab")
alone(page.body)
player_panel.load_code()
