"""Beyond: second derivatives, ``torch.autograd.grad``, and hooks."""

from __future__ import annotations

import streamlit as st

from groundup.engine.lesson import Lesson, load
from groundup.engine.observe import run
from groundup.engine.snapshot import number
from groundup.ui.autograd.common import code, printed
from groundup.ui.components.table import table
from groundup.ui.controls.widgets import control, folded, values


def beyond() -> None:
    """Three things for the curious, each behind its title."""
    with folded(st.expander("The slope of the slope: `create_graph=True` and the Hessian")):
        with st.container(horizontal=True):
            control("surface")
            control("at_w")
            control("at_b")
        _hessian(load("second_order").set(**values("surface", "at_w", "at_b")))
    with st.expander("`torch.autograd.grad` against `.backward()`"):
        lesson = load("grad_or_backward")
        printed(run(lesson.text))
        code(lesson, key="grad_code")
    with folded(st.expander("A hook that prints the gradient as it passes")):
        control("hook")
        lesson = load("gradient_hook").set(**values("hook"))
        printed(run(lesson.text))
        code(lesson, key="hook_code")


def _hessian(lesson: Lesson) -> None:
    """The gradient and the matrix of second derivatives, from the lesson ``second_order``."""
    finished = run(lesson.text)
    rows = finished.variables["hessian"].tolist()
    table(
        ("", "∂/∂w", "∂/∂b"),
        (
            (f"**{name}**", *map(number, row))
            for name, row in zip(("∂f/∂w", "∂f/∂b"), rows, strict=True)
        ),
    )
    printed(finished)
    code(lesson, key="hessian_code", look="def f")
