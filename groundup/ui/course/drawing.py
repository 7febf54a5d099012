"""A drawing on the page, with what it shows in words."""

from __future__ import annotations

import base64
import html

import streamlit as st

from groundup.figures.course.cards import Picture


def draw(drawn: Picture) -> None:
    """Show ``drawn`` as wide as there is room."""
    data = base64.b64encode(drawn.svg.encode()).decode()
    alt = html.escape(drawn.alt, quote=True)
    st.html(f'<img alt="{alt}" style="max-width: 100%" src="data:image/svg+xml;base64,{data}">')
