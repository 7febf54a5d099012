"""groundup: PyTorch from the ground up. Run it with ``streamlit run app.py``."""

import streamlit as st

from groundup.ui.shell.answers import MIDDLEWARE

app = st.App("script.py", middleware=MIDDLEWARE)
