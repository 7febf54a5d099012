"""Gradients add up: the stack of blocks, and what clearing leaves."""

from __future__ import annotations

import streamlit as st

from groundup.autograd import accumulation
from groundup.engine.lesson import Lesson, load
from groundup.engine.observe import run
from groundup.engine.snapshot import number
from groundup.figures.autograd import accumulation as stacks
from groundup.ui.autograd.common import code, colours, one_more_button, printed
from groundup.ui.components.chart import chart
from groundup.ui.components.table import table
from groundup.ui.controls.widgets import control, values


def adding_up() -> None:
    """Calls of backward() that pile up, a parameter used twice, and small batches."""
    picture, beside = st.columns([1.2, 1], gap="medium")
    with beside:
        lesson = _calls_lesson()
        code(lesson, key="sum_code", look="for call")
    with picture:
        one_more_button("Call backward() again", "calls", 12, ":material/add:")
        _stack(lesson.text)
    st.header("What does clearing leave behind?")
    _ways_to_clear()
    twice, batches = st.columns(2, gap="medium")
    with twice:
        _used_twice()
    with batches:
        _small_batches()


def _calls_lesson() -> Lesson:
    count, clearing = st.columns([1, 1.4], vertical_alignment="bottom")
    with count:
        control("calls")
    with clearing:
        control("between")
    return load("adding_up").set(**values("calls", "between"))


def _small_batches() -> None:
    st.header("Do small batches add up to a big one?")
    with st.container(horizontal=True):
        control("batches")
        control("batch_size")
    with st.container(horizontal=True, vertical_alignment="center"):
        control("precision")
        undivided = control("undivided")
    lesson = load("mini_batches").set(**values("batches", "batch_size", "precision", "seed"))
    lesson = lesson.edit("forget_division") if undivided else lesson
    printed(run(lesson.text))
    code(lesson, key="batches_code", look="# One mini-batch")


def _stack(text: str) -> None:
    """The blocks that w.grad is made of after each call."""
    calls = accumulation.calls(text)
    chart(stacks.stack(calls, colours()), key="stack_chart", alt=stacks.in_words(calls))
    if told := accumulation.about_blocks(calls):
        st.caption(told)


def _used_twice() -> None:
    """The two contributions to one gradient, and their sum."""
    st.header("One parameter, used in two places")
    control("both_w")
    lesson = load("used_twice").set(**values("both_w"))
    done = run(lesson.text)
    variables = done.variables
    parts = [variables["from_first"].item(), variables["from_second"].item()]
    figure = stacks.parts(("first = 3 * w", "second = w**2"), parts, colours())
    said = f"{number(parts[0])} and {number(parts[1])} make {number(variables['w'].grad.item())}."
    chart(figure, key="twice_chart", alt=said)
    printed(done)
    code(lesson, key="twice_code", look="first")


def _ways_to_clear() -> None:
    """What each way of clearing leaves, and what the next step then does."""
    table(
        ("to clear", "leaves in `w.grad`", "same memory", "next step with momentum"),
        (
            (
                f"`{way.way}`",
                "**None**: no tensor" if way.left is None else f"**{number(way.left)}**: a tensor",
                "yes" if way.same_memory else "–",
                f"moves w by {number(way.moved)}" if way.moved else "skips w",
            )
            for way in accumulation.ways_to_clear()
        ),
    )
