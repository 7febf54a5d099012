"""Compare: pinned runs in a table and on one axis, and a sweep over learning rates."""

from __future__ import annotations

import math

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from groundup.engine.lesson import Lesson
from groundup.engine.snapshot import number
from groundup.figures.theme import Palette, palette
from groundup.figures.training import run_table as figures
from groundup.training import batches, run_table
from groundup.training.run_table import Pinned
from groundup.training.session import Training
from groundup.ui.components.chart import chart
from groundup.ui.controls.heard import heard, one_of
from groundup.ui.controls.link import printable
from groundup.ui.controls.widgets import by_hand, control
from groundup.ui.settings import shared, training_loop
from groundup.ui.state import page_state, put
from groundup.ui.training import breaking, own_points, pinning
from groundup.ui.training.state import TrainingState

COUNT = 31
"""Learning rates in a sweep."""
MAX_STEPS = 2000
"""Steps that each run of a sweep may take: all of them are one press."""


def pictures(training: Training, lesson: Lesson) -> None:
    """Pin and sweep, and what they draw, in the code's place."""
    with st.container(horizontal=True, vertical_alignment="center"):
        pinning.button(training)
        too_long = _too_long(lesson)
        pressed = st.button(
            f"Sweep {COUNT} rates",
            key="sweep",
            icon=":material/ssid_chart:",
            disabled=training.setting is None or bool(too_long),
            help=too_long or "Train the same start under many rates, and see where each one ends.",
        )
        log = control("log")
    place = st.empty()
    if pressed:
        _sweep(training, lesson, place)
    pinning.refusal()
    colours = palette(dark=st.context.theme.type == "dark")
    shown = [run for run in page_state(TrainingState).run_table.runs if run.shown]
    if shown:
        figure = figures.curves(shown, bool(log), colours)
        chart(figure, key="curves", title="The loss of each run")
    else:
        st.caption("Train a run and pin it. Then change a setting, train again, and pin that too.")
    _swept(training, lesson, colours)


def _swept(training: Training, lesson: Lesson, colours: Palette) -> None:
    sweep = page_state(TrainingState).sweep
    if sweep is None or training.setting is None:
        st.caption("The sweep draws where each learning rate ends.")
        return
    surface = training.setting.surface
    limit = surface.largest_stable_step if sweep.plain else None
    rate = float(lesson.settings["learning_rate"])
    best = min(filter(math.isfinite, sweep.losses), default=math.nan)
    alt = f"Final loss for {len(sweep.rates)} learning rates; the lowest is {number(best)}."
    chart(figures.swept(sweep, limit, rate, colours), key="swept_chart", alt=alt)
    same = run_table.base(lesson) == sweep.text
    sentence = f"{len(sweep.rates)} runs in {sweep.seconds:.2g} s."
    st.caption(sentence if same else f"{sentence} Settings have changed since: sweep again.")


def table(_: Training, __: Lesson) -> None:
    """The pinned runs, to rename, hide, delete, restore and take home."""
    book = page_state(TrainingState).run_table
    if not book.runs:
        return
    rows = [
        {"shown": run.shown} | row
        for run, row in zip(book.runs, run_table.table(book.runs), strict=True)
    ]
    shape = [run.number for run in book.runs]
    st.data_editor(
        rows,
        key=f"ledger_of_{hash(tuple(shape))}",
        on_change=_edited,
        args=(f"ledger_of_{hash(tuple(shape))}", shape),
        disabled=[name for name in rows[0] if name not in {"shown", "run"}],
        column_config={
            name: st.column_config.NumberColumn(format="%.4g")
            for name in ("final loss", "w", "b", "seconds")
        },
        height=36 * min(len(rows) + 1, 5) + 2,
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = {run.number: run.name for run in book.runs}
        chosen = st.selectbox(
            "A run",
            list(names),
            format_func=lambda n: names[n],
            key="pinned",
            width=320,
            on_change=by_hand(),
        )
        run = book.find(chosen or 0)
        if run:
            # The controls stand outside this fragment, so the whole page must hear of it.
            if st.button("Restore its settings", key="restore", on_click=_restore, args=(run,)):
                st.rerun()
            st.button("Delete it", key="delete", on_click=book.delete, args=(run.number,))
        st.download_button(
            "Table (.csv)", run_table.to_csv(book.runs), "runs.csv", "text/csv", key="ledger_csv"
        )


def _too_long(lesson: Lesson) -> str:
    """Why a sweep of ``lesson`` would take too long for one press; empty if it does not."""
    points = own_points.own_points()
    steps = batches.steps(lesson, len(points.x) if points else None)
    if steps <= MAX_STEPS:
        return ""
    return (
        f"Each of the {COUNT} runs would take {steps:,} steps; {MAX_STEPS:,} is the most. Choose "
        "fewer epochs, or more points in each step."
    )


def _sweep(training: Training, lesson: Lesson, place: DeltaGenerator) -> None:
    if training.setting is None:
        return
    declared_rate = lesson.parameters["learning_rate"]
    low, high = declared_rate.low or 1e-4, declared_rate.high or 10.0
    rates = run_table.rates(training.setting.surface.largest_stable_step, low, high, COUNT)
    bar = place.progress(0.0)
    page_state(TrainingState).sweep = run_table.sweep(
        lesson, rates, lambda done: bar.progress(done / COUNT, f"Run {done + 1} of {COUNT}")
    )
    place.empty()


def _edited(key: str, numbers: list[int]) -> None:
    """The learner renamed, hid or showed runs in the table."""
    changes = heard(key, "edited_rows")
    for row, change in changes.items() if isinstance(changes, dict) else ():
        if row not in range(len(numbers)) or not isinstance(change, dict):
            continue
        name, shown = change.get("run"), one_of(change.get("shown"), (True, False))
        written = printable(name, 60) if isinstance(name, str) else None
        page_state(TrainingState).run_table.change(numbers[row], name=written, shown=shown)


def _restore(run: Pinned) -> None:
    """Put every control where it stood for ``run``, its mistake included."""
    put(breaking.made(run.mistake))
    for declaration in (*shared.CONTROLS, *training_loop.CONTROLS):
        name = declaration.parameter or declaration.key
        if name in run.settings:
            put({declaration.key: run.settings[name]})
    own_points.use(run.points)
