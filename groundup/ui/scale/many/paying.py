"""When more workers pay: a step's computing and sending, measured on this server."""

from __future__ import annotations

import streamlit as st

from groundup.engine.lesson import load
from groundup.figures.scale import many as figures
from groundup.scale.many import break_even, room
from groundup.ui.components.chart import chart
from groundup.ui.components.lesson_panel import lesson_panel
from groundup.ui.scale.common import is_dark
from groundup.ui.scale.many.running import seen_of
from groundup.workers import Event


def when_it_pays(workers: int) -> None:
    """A button that measures, and from which batch on the workers were quicker."""
    st.header("When does it pay?")
    st.markdown(
        "Here each step computes first, and then waits until the gradients are sent. The batch "
        "makes computing longer, and sending not: so there is a batch from which more workers are "
        "quicker."
    )
    job, label = break_even.job(workers), "Measure it on this server"
    seen = seen_of("pays", job, label, says=_points, first=False)
    if seen is None:
        return
    groups, cores = break_even.timed(seen), seen.cores or room.cores()
    picture, words = st.columns([1.3, 1], gap="medium")
    said = break_even.said(groups, seen.world_size, cores)
    chart(
        figures.gains(groups, min(seen.world_size, cores), dark=is_dark()),
        key="many_gains",
        title="How many times as quick the workers are, against the batch, for each width",
        place=picture,
    )
    words.markdown("\n".join(f"- {sentence}" for sentence in said))
    with st.expander("Every time that was measured, and the script"):
        rows = [break_even.row(point) for points in groups.values() for point in points]
        st.dataframe(rows, hide_index=True, key="many_times", alt="Measured times")
        lesson_panel(load("time_workers"), key="many_timing_code", height=420)


def _points(events: list[Event]) -> str:
    done = sum(event.kind == "step" and event.rank == 0 for event in events)
    return f"{done} points measured"
