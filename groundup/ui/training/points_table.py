"""The table in which points are typed: what was typed and not used yet stays, reload or not.

A table's edits are its widget's, and go with it: with the section, the page, the visit. So what it
held last is remembered, and the next widget begins with that.
"""

from __future__ import annotations

import streamlit as st

from groundup.training.own_data import Points
from groundup.ui.state import is_stored, page_state, visit_name
from groundup.ui.training import own_points
from groundup.ui.training.state import PointsTable, Rows, TrainingState

_EXAMPLE = Points((1.0, 2.0, 3.0, 4.0, 5.0), (3.1, 4.8, 7.2, 9.1, 10.7))


def edited() -> Rows:
    """The table, to be edited; the rows as they stand in it."""
    state, used = page_state(TrainingState), own_points.own_points()
    table = state.table
    if table is None or table.used != used:
        # Other points make another table; what was typed before is in them, or was let go.
        table = PointsTable(used, _rows(used or _EXAMPLE))
    elif table.visit != visit_name() or not is_stored(f"points_of_{table.beginning}"):
        table = PointsTable(used, table.rows or [{"x": None, "y": None}])
    table.visit = visit_name()
    table.rows = st.data_editor(
        table.start,
        key=f"points_of_{table.beginning}",
        num_rows="dynamic",
        height=176,
        column_config={n: st.column_config.NumberColumn(format="%.6g") for n in ("x", "y")},
    )
    state.table = table
    return table.rows


def _rows(points: Points) -> Rows:
    return [{"x": x, "y": y} for x, y in zip(points.x, points.y, strict=True)]
