"""What you can now do."""

import streamlit as st

st.title("What you can now do")
