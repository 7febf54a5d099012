"""Break it: a mistake in the lesson's own text, run beside the healthy one."""

from __future__ import annotations

import streamlit as st

from groundup import broken_loop
from groundup.figures import outcomes
from groundup.lesson import Edit, Lesson
from groundup.training import Training
from groundup.ui import messages
from groundup.ui.controls import control
from groundup.ui.lab import pinning
from groundup.ui.settings.training_loop import HEALTHY, REORDER

CONTROLS = ("break", "order")


def broken(lesson: Lesson) -> Lesson:
    """Let the learner choose a mistake, and return ``lesson`` with it."""
    which, order, fix = st.columns([2, 1.2, 1], vertical_alignment="bottom")
    with which:
        mistake = control("break")
    with fix:
        st.button(
            "Fix it",
            key="fix",
            icon=":material/healing:",
            on_click=_fix,
            disabled=mistake == HEALTHY,
            help="Undo the change, and have the healthy text again.",
        )
    if mistake == REORDER:
        with order:
            return _reordered(lesson, control("order"))
    if mistake == HEALTHY:
        return lesson
    return lesson.edit(broken_loop.mistakes(lesson)[mistake].name)


def _reordered(lesson: Lesson, order: str) -> Lesson:
    try:
        return broken_loop.reordered(lesson, order)
    except ValueError as error:
        st.warning(f"The order is not used: {error}", icon=":material/edit_off:")
        return lesson


def _fix() -> None:
    st.session_state["break"] = HEALTHY


def made(mistake: Edit | None) -> dict[str, str]:
    """The controls' values under which the lesson holds ``mistake``."""
    if mistake is None:
        return {"break": HEALTHY}
    if mistake.name == broken_loop.REORDER:
        return {"lab": "Break it", "break": REORDER, "order": str(mistake.notes["order"])}
    return {"lab": "Break it", "break": mistake.title}


def told(kept: Training, lesson: Lesson) -> None:
    """What the mistake in the picture led to, and what it means."""
    edit = lesson.mistake
    if edit is None:
        if not kept.lesson.applied:
            st.caption("Choose a mistake: its lines are marked in the code, and Train runs both.")
        return
    meaning = str(edit.notes.get("meaning", "")).strip()
    if kept.stale(lesson) or not (kept.failure or kept.watched):
        st.caption(
            "Train runs this text and the healthy one side by side, from the same start: this one "
            "solid, the healthy one dashed."
        )
        return
    messages.warned(kept.run.notices)
    if kept.failure:
        messages.failed(kept.failure, meaning)
        return
    healthy, *twins = kept.beside.values()
    sentences = [outcomes.outcome(kept.run, healthy), meaning]
    if edit.name == "broadcast" and kept.setting:
        sentences.append(outcomes.mean_of_targets(kept.setting.y))
    sentences += [outcomes.same_as_momentum(kept.run, run) for run in twins]
    said, pin = st.columns([4.4, 1])
    said.info(" ".join(sentences), icon=":material/visibility:")
    with pin:
        pinning.button(kept)
    pinning.refusal()
