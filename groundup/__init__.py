"""groundup: lessons that are plain PyTorch scripts, and the means to watch them run.

The files in ``lessons/`` import only torch and the standard library, and know nothing of the app.
The modules here and in ``figures/`` turn plain data into plain data, and never import streamlit.
``ui/`` alone speaks to streamlit, and does no mathematics; the pages put the pieces together.
"""
