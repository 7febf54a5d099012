"""The one part of groundup that speaks to streamlit."""

from groundup.engine.compiler import postpone

# Before anything is executed: what a page shows first is computed while its module is imported.
postpone()
