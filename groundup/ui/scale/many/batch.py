"""The batch split: every worker has the whole model, and its own share of the batch."""

from __future__ import annotations

import difflib

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.scale.many import batch, batch_seen
from groundup.scale.many.batch_seen import BatchSeen
from groundup.scale.many.seen import Seen
from groundup.ui.components.component import component
from groundup.ui.components.lesson_panel import lesson_panel
from groundup.ui.components.table import table
from groundup.ui.controls.widgets import control, values
from groundup.ui.scale.many.paying import when_it_pays
from groundup.ui.scale.many.running import seen_of

_picture = component("scale/many/reduce")
_KEYS = ("many_optimizer", "many_split")


def batch_split() -> None:
    """Start workers, and watch how their gradients become one."""
    st.markdown(
        "Each machine may take a part of a batch, and all still train **one** model, if they add "
        "up their gradients before each step."
    )
    made, workers = _controls()
    picture, code = st.columns([1.25, 1], gap="medium")
    with picture:
        recorded = made.set(seed=0)
        instead, label = batch.job(recorded, workers), f"Start {workers} workers"
        seen = seen_of("batch", batch.job(made, workers), label, instead=instead)
        _drawn(seen)
    with code:
        st.markdown(f"**{_lines(made)} lines turn one process into any number of them:**")
        st.code(_diff(made), language="diff", height=430)
    ran = next(
        (m for m in (made, recorded) if seen and batch.job(m, workers).text == seen.text), None
    )
    if seen and ran:
        _meaning(BatchSeen(seen), ran)
    when_it_pays(workers)
    with st.expander("The script that every worker ran"):
        inside = (ran or made).edit("look_inside")
        lesson_panel(inside, key="many_code", changed=inside.marked_lines)


def _controls() -> tuple[Lesson, int]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        workers = int(control("many_workers"))
        for key in _KEYS:
            control(key)
        weighed = control("many_weighed")
    return batch.planned(weighed=weighed, **values(*_KEYS, "seed")), workers


def _drawn(seen: Seen | None) -> None:
    if seen is None:
        st.info("Press the button: real processes start, and every number of theirs is shown here.")
        return
    _picture(key="reduce", data=batch_seen.scene(BatchSeen(seen)))


def _meaning(seen: BatchSeen, made: Lesson) -> None:
    words, numbers = st.columns([1.25, 1], gap="medium")
    words.markdown(f"- {batch_seen.proof(seen, made)}\n- {batch_seen.traffic(seen)}")
    rows = batch_seen.means(seen, made)
    with numbers:
        table(list(rows[0]), [list(row.values()) for row in rows])


def _diff(made: Lesson) -> str:
    """From the script of one process to that of many, without the lines that look inside."""
    before, after = batch.alone(made).text.splitlines(), made.text.splitlines()
    return "\n".join(difflib.unified_diff(before, after, "one process", "many", lineterm="", n=1))


def _lines(made: Lesson) -> int:
    """Lines of code that are new, without blank ones and comments."""
    new = [line[1:].strip() for line in _diff(made).splitlines()[2:] if line[:1] == "+"]
    return sum(bool(line) and not line.startswith("#") for line in new)
