"""Your code: the learner's own lines, run, stepped through and explained."""

import streamlit as st

from groundup.ui.components.editing import load_editor
from groundup.ui.your_code import page

head = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
with head:
    st.title("What does your own code do?", width="content")
page.begin()
with head:
    page.take_home()
page.bar()
page.body()
load_editor()
