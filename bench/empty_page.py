"""The least a page can be: what a first visit costs any Streamlit app."""

import streamlit as st

st.title("Nothing")
