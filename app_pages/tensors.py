"""Tensors: predict shapes, dtypes and memory before running a line."""

import streamlit as st

from groundup.ui.controls.widgets import control
from groundup.ui.course.body import alone
from groundup.ui.shapes.lab import shape_lab
from groundup.ui.tensors.sections import SECTIONS

st.title("What is a tensor, and which shape comes out?")
alone({**SECTIONS, "Shape lab": shape_lab}[control("look_at")])
