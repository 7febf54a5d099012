"""The one part of groundup that speaks to streamlit."""
