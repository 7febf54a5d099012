"""What the tensors page shows beside its controls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import streamlit as st
import torch

from groundup.figures.tensors import Picture, index_text
from groundup.figures.theme import Palette, palette
from groundup.lesson import Lesson
from groundup.literals import show_shape
from groundup.observe import Run, run
from groundup.shape_fixes import Fix
from groundup.shape_guess import marked
from groundup.shape_lab import NUMBERS, Lab
from groundup.shape_presets import PRESETS
from groundup.shapes import PAIRS, Verdict
from groundup.strides import index_at
from groundup.ui.code_panel import code_panel
from groundup.ui.component import component
from groundup.ui.controls import control

_grid = component("tensor_grid")


def draw(picture: Picture, key: str) -> None:
    """Draw tensors cell by cell."""
    _grid(key=key, data=picture.data)


@contextmanager
def refusals() -> Iterator[None]:
    """Show a refusal of what was typed inside the block as a sentence, and end the page there."""
    try:
        yield
    except ValueError as refusal:
        st.error(str(refusal), icon=":material/edit:")
        st.stop()


def perform(lesson: Lesson, key: str, *, height: int | None = None) -> Run:
    """Run ``lesson`` and show its text, its output, and torch's own words if it fails."""
    done = run(lesson.text)
    failed = done.failure.line if done.failure else None
    if done.failure:
        st.error(f"**{done.failure.kind}** on line {failed}, in PyTorch's own words:")
        st.code(done.failure.message, language=None, wrap_lines=True)
    code_panel(
        lesson.text, key=f"{key}_code", failed=failed, changed=lesson.marked_lines, height=height
    )
    if done.output:
        st.caption("It printed")
        st.code(done.output.rstrip(), language=None)
    return done


def chart(draw_figure: Callable[[Palette], Any], key: str, alt: str) -> None:
    """Draw a plotly figure in the colours of the learner's theme."""
    colours = palette(st.context.theme.type == "dark")
    config = {"displayModeBar": False}
    st.plotly_chart(draw_figure(colours), key=key, alt=alt, theme=None, config=config)


def table(rows: Sequence[Mapping[str, str]], key: str) -> None:
    """A table of texts, all of its rows in sight."""
    st.dataframe(list(rows), hide_index=True, key=key, height=28 * len(rows) + 38, row_height=28)


@st.cache_data(max_entries=50, show_spinner="A million updates, two dtypes: a few seconds…")
def recorded(text: str) -> dict[str, list[float]]:
    """The numbers that the lesson ``text`` records; the same text is run once for everybody."""
    return {name: list(column) for name, column in run(text).columns.items()}


def typed_lab(op: str) -> Lab:
    """The controls of the shape lab that ``op`` needs, in one row."""
    boxes = iter(st.columns([3, 3, 4, 3]))
    with next(boxes):
        a = control("a")
    b, numbers, keepdim = "()", "", False
    if op in PAIRS:
        with next(boxes):
            b = control("b")
    if op in NUMBERS:
        with next(boxes):
            numbers = control("numbers")
            st.caption(f"{NUMBERS[op][0]}")
    if op in {"sum", "mean"}:
        with next(boxes):
            keepdim = control("keepdim")
    with next(boxes):
        steps = control("first_do")
    return Lab(op, a, b, numbers, keepdim, steps)


def put_in_lab(lab: Lab) -> None:
    """Set the controls of the shape lab (from a callback, before they are shown again)."""
    st.session_state.update(
        op=lab.op, a=lab.a, first_do=lab.steps, keepdim=lab.keepdim, numbers=lab.numbers
    )
    if lab.op in PAIRS:
        st.session_state["b"] = lab.b


def take_preset() -> None:
    """Put the chosen preset into the lab's controls."""
    if name := st.session_state.get("classic"):
        put_in_lab(PRESETS[name])


def start_numbers() -> None:
    """Another operation means other numbers: begin with an example of them."""
    st.session_state["numbers"] = NUMBERS.get(st.session_state["op"], ("", ""))[1]


def offer(found: Sequence[Fix]) -> None:
    """A button for each fix, with what it changes and what comes out."""
    with st.container(horizontal=True, gap="xsmall"):
        for number, fix in enumerate(found):
            st.button(
                f"`{fix.code}` → {show_shape(fix.result)}",
                key=f"fix_{number}",
                help=f"{fix.why} Press to apply it and run.",
                on_click=put_in_lab,
                args=(fix.lab,),
                icon=":material/build:",
            )


def answered(verdict: Verdict, guess: str) -> None:
    """The verdict in words, with the guess beside it where there was one."""
    if guess.strip():
        right, sentence = marked(guess, verdict)
        (st.success if right else st.warning)(sentence)
    if verdict.result is None:
        st.markdown(f":red[**✗ Error.**] {verdict.why}")
    elif verdict.trap:
        st.markdown(f":orange[**⚠ {show_shape(verdict.result)}, but…**] {verdict.trap}")
    else:
        st.markdown(f":green[**✓ {show_shape(verdict.result)}**] {verdict.why}")


def erase_written() -> None:
    """Another tensor has other cells: what was written belongs to the former one."""
    st.session_state["written"] = ""


def write_where_picked(picture: Picture, variables: Mapping[str, object], key: str) -> None:
    """Draw ``picture``; a click on a cell puts its name into the control ``written``."""
    shapes = {n: tuple(x.shape) for n, x in variables.items() if isinstance(x, torch.Tensor)}
    st.session_state[f"{key}_shapes"] = shapes
    _grid(key=key, data=picture.data, on_picked_change=partial(_picked, key))


def _picked(key: str) -> None:
    name, flat = st.session_state[key].picked
    shape = st.session_state[f"{key}_shapes"][name]
    st.session_state["written"] = f"{name}{index_text(index_at(int(flat), shape))}"


def offer_instead(key: str, values: Sequence[str]) -> None:
    """A button for each value that the control ``key`` could have instead."""
    with st.container(horizontal=True, gap="xsmall"):
        for value in values:
            st.button(
                f"`{value}`",
                key=f"instead_{value}",
                on_click=st.session_state.update,
                kwargs={key: value},
                icon=":material/build:",
            )
