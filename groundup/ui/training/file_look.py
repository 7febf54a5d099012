"""A dropped file is looked at: two columns to choose, what is left out, and a press to use it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.training import standardising
from groundup.training.own_data import Points
from groundup.training.table_file import TableFile
from groundup.ui.controls.widgets import by_hand
from groundup.ui.state import page_state
from groundup.ui.training import own_points
from groundup.ui.training.state import TrainingState

HOW = (
    "Standardised columns (each minus its mean, over its standard deviation) have a size of about "
    "1, and plain gradient descent finds their line at the default settings."
)
"""What standardising is good for."""


def look(table: TableFile, loop: Lesson) -> None:
    """What would be used of a dropped file: two columns to choose, and which rows are left out."""
    choice, first = st.columns([1.6, 1], gap="medium")
    with choice:
        x, y = _columns(table)
        left_out = table.left_out(x, y)
        try:
            points = table.points(x, y)
        except ValueError as error:
            points = None
            st.warning(f"These two columns cannot be used: {error}", icon=":material/edit_off:")
        st.caption("  \n".join(_notes(table, x, y, left_out)))
        points = points and _scale(points, loop)
        _offer(points, len(left_out))
    if points:
        rows = zip(points.x[:5], points.y[:5], strict=True)
        names = [f"{way}: {name}" for way, name in zip("xy", points.names, strict=True)]
        shown = [dict(zip(names, row, strict=True)) for row in rows]
        first.caption(f"The first {len(shown)} of {len(points.x):,} points")
        first.dataframe(shown, hide_index=True, alt="The first points to be used")


def _scale(points: Points, loop: Lesson) -> Points:
    """``points``, standardised if the learner wants it; that is proposed where it is needed."""
    reason = standardising.why(points, loop)
    standardise = st.checkbox(
        "Standardise both columns in the code",
        value=bool(reason),
        key=f"standardise_file_{bool(reason)}",
        on_change=by_hand(),
    )
    st.caption(f"{reason} {HOW}" if reason else standardising.advice(points))
    return replace(points, standardised=standardise)


def _offer(points: Points | None, left_out: int) -> None:
    """The buttons that use what is shown, or let go of the file."""
    with st.container(horizontal=True):
        if points:
            label = f"Use {len(points.x):,} points"
            if left_out:
                rows = f"{left_out:,} row{'s' * (left_out > 1)}"
                label = f"Leave out {rows} and use {len(points.x):,} points"
            st.button(label, key="use_file", type="primary", on_click=_take, args=(points,))
        st.button("Not this file", key="not_this_file", on_click=_take, args=(None,))


def _columns(table: TableFile) -> tuple[int, int]:
    """The two columns that the learner chose."""
    suggested = table.suggested()
    # Another table has other columns to choose from.
    of = f"_of_{len(table.columns)}_{len(table.lines)}"
    chosen = [
        place.selectbox(
            name,
            range(len(table.columns)),
            index=suggested[n],
            format_func=lambda at: table.columns[at].name,
            key=f"file_column_{name + of}",
            on_change=by_hand(),
        )
        for n, (name, place) in enumerate(zip("xy", st.columns(2), strict=True))
    ]
    return chosen[0], chosen[1]


def _notes(table: TableFile, x: int, y: int, left_out: list[str]) -> list[str]:
    """How the file was read, and what of it would be left out."""
    chosen = {"x": table.columns[x], "y": table.columns[y]}
    notes = list(table.notes)
    notes += [f"{name}: {note}" for name, column in chosen.items() for note in column.notes]
    notes += [f"{name} counts {column.unit}." for name, column in chosen.items() if column.unit]
    if left_out:
        more = f", and {len(left_out) - 3:,} more" if len(left_out) > 3 else ""
        notes.append(f"Without a number: {'; '.join(left_out[:3])}{more}.")
    return notes


def _take(points: Points | None) -> None:
    """Use the file's points, or let go of it."""
    page_state(TrainingState).table_file = None
    if points:
        own_points.use(points)
