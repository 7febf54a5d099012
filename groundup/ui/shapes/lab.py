"""The shape lab's controls, and what they ask: one operation, or a chain of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from groundup.engine.observe import run
from groundup.figures.shapes.lab import inputs_picture, lab_picture
from groundup.shapes import lab
from groundup.shapes.budget import too_big
from groundup.shapes.chain import CHAIN
from groundup.shapes.fixes import fixes
from groundup.shapes.lab import Lab
from groundup.shapes.numbers import NUMBERS
from groundup.shapes.presets import PRESETS
from groundup.shapes.rules import PAIRS, judge
from groundup.shapes.starts import start
from groundup.ui.controls.heard import one_of
from groundup.ui.controls.widgets import by_hand, control, value, values
from groundup.ui.shapes.answer import answered, fix_buttons, put_in, worded_for_real
from groundup.ui.shapes.chain import show_chain
from groundup.ui.state import put, stored
from groundup.ui.tensors import common as ui

_PICTURE = "lab_picture"


def shape_lab() -> None:
    """The lab: operations on typed shapes, what comes out, and what would mend it."""
    with ui.refusals(_PICTURE):
        typed = _typed_question()
        if typed.op == CHAIN:
            show_chain(typed)
        else:
            _show_one(typed)


def _show_one(typed: Lab) -> None:
    """The verdict on one operation, then the tensors beside the script that made them."""
    question = lab.read(typed)
    lesson = lab.lab_lesson(typed, **values("seed", "device"))
    verdict = judge(question)
    if not answered(typed, verdict):
        ui.draw(inputs_picture(question, run(lesson.text).variables), key=_PICTURE)
        return
    described = too_big(question)
    picture, code = st.columns([10, 8])
    with code:
        real = worded_for_real(question) if described else None
        done = ui.perform(lesson, "lab", height=270, real=real)
    with picture:
        fix_buttons(fixes(typed))
        if described:
            st.caption(described)
        ui.draw(lab_picture(question, verdict, done.variables), key=_PICTURE)


def _typed_question() -> Lab:
    """The row of the lab: a classic to start from, the operation, what it takes, and guessing."""
    # One row, and no columns: a press sends all that stands here anew, and a column is an element.
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _classics()
        op: str = control("op", on_change=_start_numbers, width=120)
        keys = _boxes_of(op)
        said = {key: control(key, width=_width(key, keys)) for key in keys}
        control("guess_first", width="content")
    if op in NUMBERS:
        st.caption(f"`{op}` takes {NUMBERS[op][0]}.")
    steps = said.pop("first_do", "")
    return Lab(op, **said, steps=steps)


def _width(key: str, keys: Sequence[str]) -> int | Literal["stretch", "content"]:
    """How wide the box ``key`` is: as it fits beside the others of ``keys`` on a projector."""
    if key == "keepdim":
        return "content"
    if len(keys) > 3:
        return 110
    return 150 if "chain" in keys and key == "a" else "stretch"


def _classics() -> None:
    chosen = one_of(stored("classic"), PRESETS)
    if chosen and not _stands(PRESETS[chosen]):
        put({"classic": None})
    st.selectbox(
        "Start from a classic",
        PRESETS,
        index=None,
        placeholder="✗ errors, ⚠ silent traps, ✓ good ones",
        key="classic",
        on_change=by_hand(_take_preset),
        width=165,
    )


def _boxes_of(op: str) -> list[str]:
    """The keys of the boxes that are there for ``op``, from the left."""
    if op == CHAIN:
        return ["a", "chain"]
    keys = ["a"] + ["b"] * (op in PAIRS) + ["numbers"] * (op in NUMBERS)
    return keys + ["keepdim"] * (op in {"sum", "mean"}) + ["first_do"]


def _stands(classic: Lab) -> bool:
    """Whether the boxes still say what ``classic`` says."""
    said = {name: getattr(classic, name) for name in ("a", "b", "numbers", "keepdim", "chain")}
    said["first_do"] = classic.steps
    boxes = _boxes_of(classic.op)
    return bool(value("op") == classic.op) and all(value(key) == said[key] for key in boxes)


def _take_preset() -> None:
    if name := one_of(stored("classic"), PRESETS):
        put_in(PRESETS[name])


def _start_numbers() -> None:
    """Another operation means other numbers: begin with an example of them, and no steps."""
    put(start(value("op"), value("a")))
