"""What you can now do: the end of the path."""

import streamlit as st

from groundup.ui.course import finish

st.title("What you can now do")
finish.show()
