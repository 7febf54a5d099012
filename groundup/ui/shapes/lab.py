"""The shape lab's controls, its verdict, and the buttons of its fixes."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from groundup.engine.literals import show_shape
from groundup.engine.observe import run
from groundup.figures.shapes.lab import inputs_picture, lab_picture
from groundup.shapes import lab
from groundup.shapes.fixes import Fix, fixes
from groundup.shapes.guess import marked
from groundup.shapes.lab import NUMBERS, Lab
from groundup.shapes.presets import PRESETS
from groundup.shapes.rules import PAIRS, Verdict, judge
from groundup.ui.controls.heard import one_of
from groundup.ui.controls.widgets import control, value, values
from groundup.ui.state import put, stored
from groundup.ui.tensors import common as ui

_PICTURE = "lab_picture"


def shape_lab() -> None:
    """The lab: an operation on typed shapes, what comes out, and what would mend it."""
    with ui.refusals(_PICTURE):
        typed = _typed_lab(_question_controls())
        question = lab.read(typed)
        lesson = lab.lab_lesson(typed, **values("seed", "device"))
        verdict = judge(question)
        if not _answered(typed, verdict):
            ui.draw(inputs_picture(question, run(lesson.text).variables), key=_PICTURE)
            st.stop()
    picture, code = st.columns([12, 8])
    with code:
        done = ui.perform(lesson, "lab", height=270)
    with picture:
        _fix_buttons(fixes(typed))
        if too_big := lab.too_big(question):
            st.caption(too_big)
        ui.draw(lab_picture(question, verdict, done.variables), key=_PICTURE)


def _question_controls() -> str:
    """The first row of the lab: a classic to start from, the operation, guessing; the operation."""
    classic, kind, switch = st.columns([5, 3, 3], vertical_alignment="bottom")
    classic.selectbox(
        "Start from a classic",
        PRESETS,
        index=None,
        placeholder="✗ errors, ⚠ silent traps, ✓ good ones",
        key="classic",
        on_change=_take_preset,
    )
    with kind:
        op: str = control("op", on_change=_start_numbers)
    with switch:
        control("guess_first")
    return op


def _typed_lab(op: str) -> Lab:
    """The second row: the shapes, and the numbers that ``op`` takes."""
    keys = ["a"] + ["b"] * (op in PAIRS) + ["numbers"] * (op in NUMBERS)
    keys += ["keepdim"] * (op in {"sum", "mean"}) + ["first_do"]
    typed = dict(zip(keys, ui.row(*keys), strict=True))
    if op in NUMBERS:
        st.caption(f"`{op}` takes {NUMBERS[op][0]}.")
    return Lab(
        op,
        typed["a"],
        typed.get("b", "()"),
        typed.get("numbers", ""),
        typed.get("keepdim", False),
        typed["first_do"],
    )


def _answered(typed: Lab, verdict: Verdict) -> bool:
    """The verdict in words; first the learner's guess, where one is wanted.

    Returns whether it was given: not before the guess is.

    Raises:
        ValueError: with a sentence, for a guess that is no shape.
    """
    if value("guess_first"):
        # Another question has another guess: the key holds the question.
        guess = st.text_input(
            "Which shape comes out?", key=f"guess {typed}", placeholder="a shape, or the word error"
        )
        if not guess.strip():
            st.info("Type your guess, then press Enter. The answer waits.", icon=":material/help:")
            return False
        right, sentence = marked(guess, verdict)
        (st.success if right else st.warning)(sentence)
    if verdict.result is None:
        st.markdown(f":red[**✗ Error.**] {verdict.why}")
    elif verdict.trap:
        st.markdown(f":orange[**⚠ {show_shape(verdict.result)}, but…**] {verdict.trap}")
    else:
        st.markdown(f":green[**✓ {show_shape(verdict.result)}**] {verdict.why}")
    return True


def _fix_buttons(suggested: Sequence[Fix]) -> None:
    """A button for each fix, with what it changes and what comes out."""
    with st.container(horizontal=True, gap="xsmall"):
        for number, fix in enumerate(suggested):
            st.button(
                f"`{fix.code}` → {show_shape(fix.result)}",
                key=f"fix_{number}",
                help=f"{fix.why} Press to apply it and run.",
                on_click=_put_in,
                args=(fix.lab,),
                icon=":material/build:",
            )


def _put_in(new: Lab) -> None:
    put({"op": new.op, "a": new.a, "numbers": new.numbers})
    put({"first_do": new.steps, "keepdim": new.keepdim})
    if new.op in PAIRS:
        put({"b": new.b})


def _take_preset() -> None:
    if name := one_of(stored("classic"), PRESETS):
        _put_in(PRESETS[name])


def _start_numbers() -> None:
    """Another operation means other numbers: begin with an example of them, and no steps."""
    put({"first_do": "", "numbers": NUMBERS.get(value("op"), ("", ""))[1]})
