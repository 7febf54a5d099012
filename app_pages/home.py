"""Where a learner arrives: what this is, a run of it, and the way through it."""

import streamlit as st

from groundup.ui.shell import home

st.title("What happens inside `loss.backward()`?")
words, picture = st.columns([1, 1.35], gap="medium")
with words:
    st.markdown(
        "groundup takes you from a single tensor to the feed-forward layer of a large language "
        "model. **The code you see is, to the letter, the code that runs**: step through it, break "
        "it, change it, and take it home."
    )
    start = st.button(
        "Start with one tensor", type="primary", icon=":material/arrow_forward:", key="begin"
    )
    if start:
        st.switch_page("app_pages/tensors.py")
    home.code()
with picture:
    home.live()
home.page_links()
st.caption("Every lesson runs on the PyTorch of this server.")
