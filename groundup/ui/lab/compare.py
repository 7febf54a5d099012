"""Compare: pinned runs in a table and on one axis, and a sweep over learning rates."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from groundup import ledger, own_data
from groundup.figures import ledger as figures
from groundup.figures.theme import Palette, palette
from groundup.ledger import Ledger, Pinned, Sweep
from groundup.lesson import Lesson
from groundup.own_data import Points
from groundup.snapshot import number
from groundup.training import Training
from groundup.ui.controls import control
from groundup.ui.settings import shared, training_loop


def kept_runs() -> Ledger:
    """This learner's ledger: the one place where it is kept."""
    found: Ledger = st.session_state.setdefault("ledger", Ledger())
    return found


COUNT = 31
"""Learning rates in a sweep."""


def pictures(kept: Training, lesson: Lesson) -> None:
    """Pin and sweep, and what they draw, in the code's place."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Pin this run",
            key="pin",
            icon=":material/push_pin:",
            on_click=_pin,
            args=(kept,),
            disabled=not kept.trained or kept.setting is None,
            help="Keep the run in the picture, to compare the next ones with it. Train one first.",
        )
        st.button(
            f"Sweep {COUNT} rates",
            key="sweep",
            icon=":material/ssid_chart:",
            on_click=_sweep,
            args=(kept, lesson),
            # With batches one press would be minutes of computing.
            disabled=kept.setting is None or "batch" in lesson.settings,
            help="Train the same start under many learning rates, and see where each one ends. "
            "Only for steps that take all points.",
        )
        log = control("log")
    if refused := st.session_state.pop("not_pinned", None):
        st.warning(f"Not pinned: {refused}", icon=":material/push_pin:")
    colours = palette(dark=st.context.theme.type == "dark")
    shown = [run for run in kept_runs().runs if run.shown]
    if shown:
        names = ", ".join(run.name for run in shown)
        figure = figures.curves(shown, bool(log), colours)
        st.plotly_chart(figure, key="curves", alt=f"The loss of {names}.", config=_NO_BAR)
    else:
        st.caption("Train a run and pin it. Then change a setting, train again, and pin that too.")
    _swept(kept, lesson, colours)


_NO_BAR = {"displayModeBar": False}


def _swept(kept: Training, lesson: Lesson, colours: Palette) -> None:
    found: Sweep | None = st.session_state.get("swept")
    if found is None or kept.setting is None:
        st.caption("The sweep draws where each learning rate ends, and where 2/λmax lies.")
        return
    limit = kept.setting.surface.largest_stable_step
    rate = float(lesson.settings["learning_rate"])
    best = min(filter(math.isfinite, found.losses), default=math.nan)
    alt = f"Final loss for {len(found.rates)} learning rates; the lowest is {number(best)}."
    st.plotly_chart(
        figures.swept(found, limit, rate, colours), key="swept_chart", alt=alt, config=_NO_BAR
    )
    same = ledger.base(lesson) == found.text
    sentence = f"{len(found.rates)} runs in {found.seconds:.2g} s."
    st.caption(sentence if same else f"{sentence} Settings have changed since: sweep again.")


def table(_: Training, __: Lesson) -> None:
    """The pinned runs, to rename, hide, delete, restore and take home."""
    book = kept_runs()
    if not book.runs:
        return
    rows = [
        {"shown": run.shown} | row
        for run, row in zip(book.runs, ledger.table(book.runs), strict=True)
    ]
    shape = [run.number for run in book.runs]
    st.data_editor(
        rows,
        key=f"ledger_{hash(tuple(shape))}",
        on_change=_edited,
        args=(f"ledger_{hash(tuple(shape))}", shape),
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
            "A run", list(names), format_func=lambda n: names[n], key="pinned", width=320
        )
        run = book.find(chosen or 0)
        if run:
            # The controls stand outside this fragment, so the whole page must hear of it.
            if st.button("Restore its settings", key="restore", on_click=_restore, args=(run,)):
                st.rerun()
            st.button("Delete it", key="delete", on_click=book.delete, args=(run.number,))
        st.download_button(
            "Table (.csv)", ledger.to_csv(book.runs), "runs.csv", "text/csv", key="ledger_csv"
        )


def _pin(kept: Training) -> None:
    if kept.setting is None:
        return
    try:
        kept_runs().pin(
            kept.lesson, kept.run, kept.setting.surface, kept.seconds, _own_points(kept)
        )
    except ValueError as error:
        st.session_state["not_pinned"] = str(error)


def _own_points(kept: Training) -> Points | None:
    """The learner's own points, if the run in the picture is on them."""
    found: Points | None = st.session_state.get("own_points")
    here = kept.setting is not None and own_data.same(found, kept.setting.x, kept.setting.y)
    return found if here else None


def _sweep(kept: Training, lesson: Lesson) -> None:
    if kept.setting is None:
        return
    declared_rate = lesson.parameters["learning_rate"]
    low, high = declared_rate.low or 1e-4, declared_rate.high or 10.0
    limit = kept.setting.surface.largest_stable_step
    st.session_state["swept"] = ledger.sweep(lesson, ledger.rates(limit, low, high, COUNT))


def _edited(key: str, numbers: list[int]) -> None:
    """The learner renamed, hid or showed runs in the table."""
    changes: dict[int, dict[str, Any]] = st.session_state[key]["edited_rows"]
    for row, change in changes.items():
        name, shown = change.get("run"), change.get("shown")
        kept_runs().change(numbers[row], name=name, shown=shown)


def _restore(run: Pinned) -> None:
    """Put every control where it stood for ``run``."""
    for this in (*shared.CONTROLS, *training_loop.CONTROLS):
        name = this.parameter or this.key
        if name in run.settings:
            st.session_state[this.key] = run.settings[name]
    st.session_state["own_points"] = run.points
