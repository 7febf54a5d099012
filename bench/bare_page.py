"""The least a page can do with a chart: what a class costs any Streamlit app."""

import plotly.graph_objects as go
import streamlit as st

st.slider("Noise", 0.0, 5.0, 0.1)
if st.button("Train"):
    st.plotly_chart(go.Figure(go.Scatter(y=[1 / (n + 1) for n in range(500)])), key="chart")
