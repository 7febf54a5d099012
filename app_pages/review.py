"""What to keep of a chapter."""

import streamlit as st

from groundup.ui.controls.widgets import control
from groundup.ui.course import review

head = {"horizontal_alignment": "distribute", "vertical_alignment": "center"}
with st.container(horizontal=True, **head):
    st.title("What do you keep of this chapter?", width="content")
    number = control("chapter")
review.show(number)
