"""Data: the learner's own points, from a table or a CSV file, instead of drawn ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.training import own_data, point_links, standardising, table_file
from groundup.training.own_data import IN_TEXT, MAX_ROWS, Points
from groundup.training.session import Training
from groundup.ui.components import uploads
from groundup.ui.components.messages import plain
from groundup.ui.state import page_state
from groundup.ui.training import file_look, own_points, points_table
from groundup.ui.training.state import TrainingState


def choose(loop: Lesson) -> None:
    """A table to edit, a file to look at and choose from, and the way back to drawn points."""
    state = page_state(TrainingState)
    used = own_points.own_points()
    table, file = st.columns([1, 1.2], gap="medium")
    with table:
        rows = points_table.edited()
    with file:
        st.file_uploader(
            f"A table as CSV or text: at most {MAX_ROWS:,} rows, and you choose two columns",
            type=["csv", "txt", "tsv"],
            max_upload_size=uploads.MAX_MB,
            key="points_file",
            on_change=_dropped,
        )
        with st.container(horizontal=True):
            # One button is the next step: while a file is looked at, that is below.
            if st.button(
                "Use this table",
                key="use_table",
                type="secondary" if state.table_file else "primary",
            ):
                _use(rows)
            st.button("Drawn points again", key="drawn", on_click=_drawn, disabled=used is None)
    if state.not_own:
        said = f"Not used, and the points are as before: {state.not_own}"
        st.warning(said, icon=":material/edit_off:")
        state.not_own = ""
    if state.table_file:
        file_look.look(state.table_file, loop)
    elif used:
        _used(used, loop)


def _used(used: Points, loop: Lesson) -> None:
    """Where the points stand, what their scale demands, and the switch for that."""
    place = "in the code" if len(used.x) <= IN_TEXT else f"in {own_data.FILE} beside the code"
    st.caption(
        f"Your {len(used.x):,} points are used, and stand {place}; Points, Noise and True w, b "
        f"have no say. {point_links.told(in_link=own_points.in_link())}"
    )
    said, button = st.columns([4, 1.2], vertical_alignment="center")
    if used.standardised:
        said.info(_STANDARDISED, icon=":material/straighten:")
    elif reason := standardising.why(used, loop):
        said.warning(f"{reason} {file_look.HOW}", icon=":material/straighten:")
    else:
        said.caption(standardising.advice(used))
    label = "Leave them as they are" if used.standardised else "Standardise in the code"
    button.button(label, key="standardise", on_click=_scaled, args=(not used.standardised,))


_STANDARDISED = (
    "The code standardises both columns: each minus its mean, over its standard deviation. So the "
    "picture, w and b are in these units; at the end the code tells the line in the data's own."
)


def _scaled(standardised: bool) -> None:
    if used := own_points.own_points():
        own_points.use(replace(used, standardised=standardised))


def told_back(training: Training, lesson: Lesson) -> None:
    """What the run found, in the data's own units, where the code standardises them."""
    del lesson
    points, setting = own_points.own_points(), training.setting
    if points is None or setting is None or not own_data.same(points, setting.x, setting.y):
        return
    across, up = points.names
    named = replace(points, names=(plain(across), plain(up)))
    if said := standardising.told_back(named, training.run.variables):
        st.success(said, icon=":material/straighten:")


def _use(rows: Sequence[Mapping[str, object]]) -> None:
    state = page_state(TrainingState)
    try:
        points, used = own_data.from_table(rows), own_points.own_points()
        own_points.use(replace(points, standardised=bool(used and used.standardised)))
    except ValueError as error:
        state.not_own = str(error)
    st.rerun()


def _dropped() -> None:
    """A file was dropped, or taken away again, which changes nothing."""
    content = uploads.dropped("points_file")
    if content is None:
        return
    state = page_state(TrainingState)
    state.table_file = None
    try:
        state.table_file = table_file.read(content)
    except ValueError as error:
        state.not_own = str(error)


def _drawn() -> None:
    own_points.use(None)
