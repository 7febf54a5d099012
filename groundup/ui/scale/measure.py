"""Timing a feed-forward block here and now: Measure, progress, Stop, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run
from groundup.engine.snapshot import number
from groundup.engine.words import bytes_in_words, count_in_words, time_in_words
from groundup.figures.scale import timing as figures
from groundup.scale import growth, measure, sentences
from groundup.scale.growth import Fit
from groundup.scale.measure import Budget, Point, Timing
from groundup.ui.components import messages
from groundup.ui.components.chart import chart
from groundup.ui.components.lesson_panel import lesson_panel
from groundup.ui.controls.widgets import control
from groundup.ui.scale.common import is_dark
from groundup.ui.scale.state import ScaleState
from groundup.ui.shell.part import part
from groundup.ui.shell.presence import presence
from groundup.ui.state import page_state

PIECE = 1.0
"""Seconds between two looks at a timing that is under way."""


_CONTEXT = 2_048
"""Tokens of the training step that the measured speed is carried over to."""


def feel_it() -> None:
    """How fast this machine is, measured: the controls, and everything under them."""
    width, share, _ = st.columns([1, 1, 2])
    with width:
        widest = int(control("widest"))
    with share:
        threads = control("cores")
    _measure_panel(widest, threads, dark=is_dark())


def _measure_panel(widest: int, threads: int, *, dark: bool) -> None:
    limit = measure.budget()
    try:
        planned = measure.plan(widest, threads, limit)
    except ValueError as error:
        st.warning(str(error), icon=":material/memory:")
        planned = None
    needed = bytes_in_words(measure.needed(widest))
    st.caption(
        f"The widest block takes about **{needed}** here, out of a budget of "
        f"**{bytes_in_words(limit.bytes)}**: {limit.reason}. Nothing is allocated past that."
    )
    timing = page_state(ScaleState).timing
    running = timing.run is not None
    draw = part(_measuring, run_every=PIECE if running else None)
    draw(timing, planned, limit, running, dark)


def _measuring(
    timing: Timing, planned: Lesson | None, limit: Budget, ticking: bool, dark: bool
) -> None:
    _buttons(timing, planned, limit)
    if ticking and timing.run:
        _advance(timing, timing.run)
    if (timing.run is not None) != ticking:
        # The clock that feeds a timing starts and stops with a run of the whole page.
        st.rerun()
    if timing.given_back:
        st.info("This page was not open, so the measurement was stopped.")
    if timing.points:
        _result(timing.points, dark)
        st.caption(sentences.clock(alone=timing.alone))
    elif not ticking:
        st.info(
            "Press **Measure** to time real forward and backward passes on this machine: narrow "
            "blocks first, then wider ones.",
            icon=":material/timer:",
        )
    if planned:
        with st.expander("The script that measures"):
            widest = max(planned.settings["widths"])
            room = partial(measure.room, measure.needed(widest), limit)
            lesson_panel(planned, key="timing_code", height=460, steps=True, room=room)


def _buttons(timing: Timing, planned: Lesson | None, limit: Budget) -> None:
    run = timing.run
    with st.container(horizontal=True, vertical_alignment="center"):
        start = st.button(
            "Measure",
            key="measure",
            type="primary",
            icon=":material/timer:",
            disabled=planned is None or run is not None,
        )
        stop = st.button("Stop", key="stop", icon=":material/stop:", disabled=run is None)
        if run:
            done, total = len(measure.points(run)), timing.steps
            st.progress(done / total, f"{done} of {total} points measured")
    if start and planned:
        _start(timing, planned, limit)
    if stop:
        timing.end()


def _start(timing: Timing, planned: Lesson, limit: Budget) -> None:
    try:
        timing.begin(planned, limit, presence())
    except ValueError as error:
        st.warning(str(error), icon=":material/memory:")


def _advance(timing: Timing, run: Run) -> None:
    going = run.advance(PIECE / 2)
    timing.look()
    messages.failed(run.failure)
    if not going:
        timing.end()


def _result(points: Sequence[Point], dark: bool) -> None:
    groups = growth.by_tokens(points)
    fits = growth.fits(groups)
    left, right = st.columns(2)
    chart(
        figures.times(groups, fits, dark=dark),
        key="times",
        title="Measured seconds against width, on two logarithmic axes",
        place=left,
    )
    chart(
        figures.speeds(groups, dark=dark),
        key="speeds",
        title="Measured GFLOP/s against width",
        place=right,
    )
    _meaning(groups, fits)
    with st.expander("Every point that was measured"):
        st.dataframe([_row(point) for point in points], hide_index=True, alt="Measured points")


def _row(point: Point) -> dict[str, str]:
    return {
        "block": f"{point.width:,} → {point.intermediate:,}",
        "tokens": f"{point.tokens}",
        "forward": time_in_words(point.forward),
        "backward": time_in_words(point.backward),
        "GFLOP/s": number(point.flops_per_second / 1e9),
    }


def _meaning(groups: dict[int, list[Point]], fits: dict[int, Fit]) -> None:
    meaning = growth.meaning(groups)
    if meaning is None:
        return
    step = growth.training_step("Llama 3 8B", _CONTEXT, meaning.rate)
    st.markdown(
        f"""
- **One token or 128?** {sentences.one_or_many(meaning)}
- **Growth.** Twice as wide is four times the weights, so the ideal slope is 2. {_slopes(fits)}
- **One training step of Llama 3 8B** on {_CONTEXT:,} tokens: 3 (forward, and twice as much
  backward) · {_CONTEXT:,} · {count_in_words(step.forward)} = {count_in_words(step.flops)} FLOPs.
  At the {meaning.rate / 1e9:.3g} GFLOP/s measured here that would take
  **{time_in_words(step.seconds)}**, in {bytes_in_words(step.bytes)} of memory (estimates, not
  measured).
"""
    )


def _slopes(fits: dict[int, Fit]) -> str:
    said = [f"{fit.slope:.3g} for {n} token{'s' * (n > 1)}" for n, fit in fits.items()]
    return f"The dashed lines have {' and '.join(said)}." if said else ""
