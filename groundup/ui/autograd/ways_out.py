"""The ways out of the graph, side by side, and what tracking costs."""

from __future__ import annotations

import streamlit as st

from groundup.autograd import ways_out
from groundup.engine.lesson import Lesson, load
from groundup.engine.observe import run
from groundup.figures.autograd import accumulation as stacks
from groundup.ui.autograd.common import code, colours, printed
from groundup.ui.components.chart import chart
from groundup.ui.components.table import table
from groundup.ui.controls.widgets import control, values


def out_of_the_graph() -> None:
    """Every way out, the chosen one's text, and the memory that tracking takes."""
    way = control("way")
    lesson = load("way_out").set(way=way)
    _every_way(way)
    said, beside = st.columns([1, 1.35], gap="medium")
    with said:
        _about_way(lesson, way)
        printed(run(lesson.text))
    with beside:
        code(lesson, key="way_code", look="value =")
    with st.expander("What tracking costs: memory", icon=":material/memory:"):
        _what_tracking_costs()


def _what_tracking_costs() -> None:
    picture, beside = st.columns([1.25, 1], gap="medium")
    with beside:
        sizes = [control(key) for key in ("layers", "batch", "breadth")]
        memory_lesson = load("kept_memory").set(**values("layers", "batch", "breadth"))
        code(memory_lesson, key="memory_code", look="def keep")
    with picture:
        _memory(*sizes)


def _every_way(chosen: str) -> None:
    """Every way out, found by running each; the chosen one in bold."""
    table(
        (
            "",
            "returns",
            "tracked",
            "shares memory with `value`",
            "`w.grad`",
            "`b.grad`",
            "training",
        ),
        (
            (
                f"**▸ {way.name}**" if way.name == chosen else way.name,
                f"a {way.returned}",
                "yes" if way.tracked else "no",
                "**yes**" if way.shared else "no",
                way.w_grad or "None",
                way.b_grad or "None",
                f"stops: {way.failure.kind}" if way.failure else _learns(way),
            )
            for way in ways_out.every_way()
        ),
    )


def _about_way(lesson: Lesson, chosen: str) -> None:
    """One sentence on the chosen way."""
    edit = lesson.choices["way"].edits.get(chosen)
    said = edit.title if edit else "The graph goes on, and gradients flow back to w and to b."
    st.markdown(f"**{chosen}.** {said}")


def _learns(way: ways_out.Way) -> str:
    names = [name for name, grad in (("w", way.w_grad), ("b", way.b_grad)) if grad]
    return f"{' and '.join(names)} can learn" if names else "nothing can learn"


def _memory(layers: int, batch: int, breadth: int) -> None:
    """Bytes kept for the backward pass, tracked and not."""
    measured = ways_out.kept_memory(layers, batch, breadth)
    largest = measured[-1]
    chart(
        stacks.memory_bars(measured, colours()),
        key="memory_chart",
        alt=f"{largest.layers} layers: {largest.tracked:,} bytes kept tracked, "
        f"{largest.untracked:,} not.",
    )
