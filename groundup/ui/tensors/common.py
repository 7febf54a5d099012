"""What the sections of the tensors page have in common: rows of controls, runs, drawings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import streamlit as st

from groundup.engine.failures import Failure
from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run, run
from groundup.figures.tensors.grid import Picture
from groundup.figures.theme import Palette, palette
from groundup.tensors import lessons as make
from groundup.ui.components import messages
from groundup.ui.components.chart import chart as plotly_chart
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.component import component
from groundup.ui.components.take_home import steps_of, take_home
from groundup.ui.controls.heard import heard
from groundup.ui.controls.widgets import control
from groundup.ui.state import page_state, put
from groundup.ui.tensors.state import TensorsState

_grid = component("tensors/tensor_grid")


def row(*keys: str, widths: Sequence[int] | None = None) -> list[Any]:
    """Show the controls called ``keys`` side by side and return their values.

    A change of t or of other erases what was written into one of their cells.
    """
    values = []
    for box, key in zip(st.columns(widths or len(keys)), keys, strict=True):
        with box:
            then = _erase_written if key in {"other", "rows", "columns"} else None
            values.append(control(key, on_change=then))
    return values


@contextmanager
def refusals(key: str) -> Iterator[None]:
    """Show a refusal of what was typed inside the block as a sentence, and end the page there.

    The picture called ``key`` stays as it last was, so that nothing is lost.
    """
    try:
        yield
    except ValueError as refusal:
        st.error(str(refusal), icon=":material/edit:")
        if refused := page_state(TensorsState).drawn.get(key):
            st.caption("The last one that worked:")
            _grid(key=key, data=refused)
        st.stop()


def perform(
    lesson: Lesson,
    key: str,
    *,
    height: int | None = None,
    real: Callable[[Failure], Failure] | None = None,
) -> Run:
    """Run ``lesson`` and show its text, its output, and torch's own words if it fails.

    ``real`` gives a failure on the meta device the words that it has on a real one.
    """
    done = run(lesson.text)
    failure = real(done.failure) if real and done.failure else done.failure
    failed = failure.line if failure else None
    if failure:
        st.error(f"**{failure.kind}** on line {failed}, in PyTorch's own words:")
        messages.printed(failure.message)
        if done.failure and failure.message != done.failure.message:
            st.caption(
                "As a real device says it: the meta device, where this ran, words it otherwise."
            )
    code_panel(
        lesson.text,
        key=f"{key}_code",
        failed=failed,
        changed=lesson.marked_lines,
        look=_line_of_result(lesson.text),
        height=height,
        steps=True,
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        take_home(lesson, key=key, parts=steps_of(lesson))
        if done.output:
            st.caption("It prints:")
    if done.output:
        messages.printed(done.output.rstrip())
    return done


def _line_of_result(text: str) -> int | None:
    """Where the lesson makes what the page draws: the line to have in sight."""
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if line.startswith("result = ")), None)


def draw(picture: Picture, key: str) -> None:
    """Draw tensors cell by cell."""
    page_state(TensorsState).drawn[key] = picture.data
    _grid(key=key, data=picture.data)


def draw_and_write(picture: Picture, key: str) -> None:
    """Draw ``picture``; a click on a cell puts its name into the control ``written``."""
    page_state(TensorsState).drawn[key] = picture.data
    _grid(key=key, data=picture.data, on_picked_change=partial(_picked, key))


def _picked(key: str) -> None:
    picked = heard(key, "picked")
    if isinstance(picked, str) and (cell := make.cell(picked)):
        put({"written": cell})


def _erase_written() -> None:
    """Another tensor has other cells: what was written belongs to the former one."""
    put({"written": ""})


def offer_instead(key: str, values: Sequence[str]) -> None:
    """A button for each value that the control ``key`` could have instead."""
    with st.container(horizontal=True, gap="xsmall"):
        for value in values:
            st.button(
                f"`{value}`",
                key=f"instead_{value}",
                on_click=put,
                args=({key: value},),
                icon=":material/build:",
            )


def chart(draw_figure: Callable[[Palette], Any], key: str, alt: str) -> None:
    """Draw a plotly figure in the colours of the learner's theme."""
    colours = palette(st.context.theme.type == "dark")
    plotly_chart(draw_figure(colours), key=key, alt=alt, theme=None)


def columns(rows: Sequence[Mapping[str, str]]) -> tuple[list[str], list[list[str]]]:
    """The names and the cells of ``rows`` that all have the same keys, as a table takes them."""
    return list(rows[0]), [list(row.values()) for row in rows]


@st.cache_data(max_entries=50, show_spinner=False)
def recorded(text: str) -> dict[str, list[float]]:
    """The numbers that the lesson ``text`` records; the same text is run once for everybody."""
    return {name: list(column) for name, column in run(text).columns.items()}
