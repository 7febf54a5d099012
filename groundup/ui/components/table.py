"""A small table of texts, none of which is ever cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table whose cells may hold Markdown; where it is too wide, it scrolls by itself."""
    # A dataframe cuts what is wider than its column, and a number that lost its end looks whole.
    cells = [list(map(str, row)) for row in rows]
    data = {column: [row[place] for row in cells] for place, column in enumerate(columns)}
    st.table(data, width="content", hide_index=True)
