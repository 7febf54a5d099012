"""What the tensors page shows beside its controls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from groundup.figures.tensors import Picture
from groundup.lesson import Lesson
from groundup.literals import show_shape
from groundup.observe import Run, run
from groundup.shape_fixes import Fix
from groundup.shape_guess import marked
from groundup.shape_lab import NUMBERS, Lab
from groundup.shape_presets import PRESETS
from groundup.shapes import PAIRS, Verdict
from groundup.ui.code_panel import code_panel
from groundup.ui.component import component
from groundup.ui.controls import control

_grid = component("tensor_grid")


def draw(picture: Picture, key: str) -> tuple[str, int] | None:
    """Draw tensors cell by cell; return the panel and the cell that were just clicked."""
    picked = _grid(key=key, data=picture.data, on_picked_change=_nothing).picked
    return (str(picked[0]), int(picked[1])) if picked else None


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
    code_panel(
        lesson.text, key=f"{key}_code", failed=failed, changed=lesson.marked_lines, height=height
    )
    if done.failure:
        st.error(f"**{done.failure.kind}** on line {failed}. In PyTorch's own words:")
        st.code(done.failure.message, language=None, wrap_lines=True)
    if done.output:
        st.caption("It printed")
        st.code(done.output.rstrip(), language=None)
    return done


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


def _nothing() -> None:
    """Streamlit gives a component's result only the attributes that have a callback."""
