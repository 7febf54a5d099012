"""What to keep."""

import streamlit as st

st.title("What to keep")
