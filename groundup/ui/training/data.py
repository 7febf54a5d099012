"""Data: the learner's own points, from a table or a CSV file, instead of drawn ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.training import own_data
from groundup.training.own_data import IN_TEXT, MAX_ROWS, Points
from groundup.ui.components import uploads
from groundup.ui.state import page_state
from groundup.ui.training.state import TrainingState

_EXAMPLE = Points((1.0, 2.0, 3.0, 4.0, 5.0), (3.1, 4.8, 7.2, 9.1, 10.7))


def with_own_points(lesson: Lesson) -> Lesson:
    """``lesson`` on the learner's own points, if there are any."""
    return own_data.with_points(lesson, page_state(TrainingState).own_points)


def choose() -> None:
    """A table to edit, a place to drop a file, and the way back to drawn points."""
    state = page_state(TrainingState)
    used = state.own_points
    table, file = st.columns([1, 1.2], gap="medium")
    with table:
        rows = st.data_editor(
            _rows(used or _EXAMPLE),
            # Other points make another table; its edits belong to it alone.
            key=f"points_of_{hash(used)}",
            num_rows="dynamic",
            height=176,
            column_config={n: st.column_config.NumberColumn(format="%.6g") for n in ("x", "y")},
        )
    with file:
        st.file_uploader(
            f"A CSV file of two columns, x and y: at most {MAX_ROWS:,} rows",
            type=["csv", "txt"],
            max_upload_size=uploads.MAX_MB,
            key="points_file",
            on_change=_dropped,
        )
        with st.container(horizontal=True):
            if st.button("Use this table", key="use_table", type="primary"):
                _use(rows)
            st.button("Drawn points again", key="drawn", on_click=_drawn, disabled=used is None)
    if state.not_own:
        said = f"Not used, and the points are as before: {state.not_own}"
        st.warning(said, icon=":material/edit_off:")
        state.not_own = ""
    if used:
        place = "in the code" if len(used.x) <= IN_TEXT else f"in {own_data.FILE} beside the code"
        st.caption(
            f"Your {len(used.x):,} points are used, and stand {place}; Points, Noise and True w, b "
            "have no say. They are in no link: whoever opens yours sees drawn points."
        )


def _rows(points: Points) -> list[dict[str, float]]:
    return [{"x": x, "y": y} for x, y in zip(points.x, points.y, strict=True)]


def _use(rows: Sequence[Mapping[str, object]]) -> None:
    try:
        page_state(TrainingState).own_points = own_data.from_table(rows)
    except ValueError as error:
        page_state(TrainingState).not_own = str(error)
    st.rerun()


def _dropped() -> None:
    """A file was dropped, or taken away again, which changes nothing."""
    content = uploads.dropped("points_file")
    if content is None:
        return
    try:
        page_state(TrainingState).own_points = own_data.from_csv(content)
    except ValueError as error:
        page_state(TrainingState).not_own = str(error)


def _drawn() -> None:
    page_state(TrainingState).own_points = None
