"""Gradients add up: the stack of blocks, and what clearing leaves."""

from __future__ import annotations

import streamlit as st

from groundup.autograd import accumulation
from groundup.engine.lesson import Lesson
from groundup.engine.observe import run
from groundup.engine.snapshot import number
from groundup.figures.autograd import accumulation as stacks
from groundup.ui.autograd.common import colours, table


def stack(text: str) -> None:
    """The blocks that w.grad is made of after each call."""
    calls = accumulation.calls(text)
    st.plotly_chart(stacks.stack(calls, colours()), key="stack_chart", alt=stacks.in_words(calls))


def used_twice(lesson: Lesson) -> None:
    """The two contributions to one gradient, and their sum."""
    found = run(lesson.text).variables
    parts = [found["from_first"].item(), found["from_second"].item()]
    figure = stacks.parts(("first = 3 * w", "second = w**2"), parts, colours())
    said = f"{number(parts[0])} and {number(parts[1])} make {number(found['w'].grad.item())}."
    st.plotly_chart(figure, key="twice_chart", alt=said)


def ways_to_clear() -> None:
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
