"""Where a learner arrives: what is promised, a run of it, and the way through."""

import streamlit as st

from groundup.ui.shell import home

words, picture = st.columns([1, 0.94], gap="medium")
with words:
    st.title("Three lines train almost every neural network. What do they do?")
    home.promise()
    home.go_on()
with picture:
    home.live()
with st.container(key="home_way"):
    home.way()
    home.credit()
