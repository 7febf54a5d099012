"""Served by the browser tests of tasks: ``streamlit run tests/browser/task_app.py``."""

from tests.ui.task_page import draw_alone

draw_alone()
