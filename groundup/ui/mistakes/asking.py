"""A mistake to foresee, to see, and to mend: the same in every gallery."""

from __future__ import annotations

import streamlit as st

from groundup.engine.text import changed_lines
from groundup.mistakes import gallery
from groundup.mistakes.gallery import Mistake, Outcome
from groundup.mistakes.score import tally
from groundup.ui.components import messages
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.take_home import steps_of, take_home
from groundup.ui.controls.classroom import class_has_answered
from groundup.ui.controls.heard import one_of
from groundup.ui.controls.widgets import by_hand
from groundup.ui.mistakes.state import MistakesState
from groundup.ui.state import page_state, put, stored


def foresee(entry: Mistake, entries: tuple[Mistake, ...]) -> None:
    """Show ``entry``'s text, ask what it will do, and only then say it; ``entries`` are counted."""
    wrong, right = st.columns(2, gap="medium")
    with right:
        said = gallery.happened(entry.name).kind if class_has_answered() else _predicted(entry)
        if told := tally(page_state(MistakesState).answers, entries):
            st.caption(told)
        if said:
            _verdict(entry, said, gallery.happened(entry.name))
    with wrong:
        _wrong_panel(entry, gallery.happened(entry.name) if said else None)
        if said and _fix_wanted(entry):
            _fixed_panel(entry)


_PREDICTIONS = {
    "error": ":material/error: Error",
    "warning": ":material/warning: Warning",
    "silence": ":material/volume_off: Silence",
}


def _predicted(entry: Mistake) -> str | None:
    """Ask what the text will do; None until the learner has said. The first answer stays."""
    said = page_state(MistakesState).answers.get(entry.name)
    key = f"predict_{entry.name}"
    if said:
        put({key: said})
    st.segmented_control(
        "What will it do?",
        gallery.OUTCOMES,
        format_func=lambda kind: _PREDICTIONS[kind],
        key=key,
        disabled=bool(said),
        on_change=_answered,
        args=(entry.name, key),
    )
    return said


def _answered(name: str, key: str) -> None:
    if said := one_of(stored(key), gallery.OUTCOMES):
        page_state(MistakesState).answers.setdefault(name, said)


def _fix_wanted(entry: Mistake) -> bool:
    return st.toggle(
        f"Fix it: {entry.fix_title}",
        key=f"cure_{entry.name}",
        persist_state="page",
        on_change=by_hand(),
    )


def _wrong_panel(entry: Mistake, outcome: Outcome | None) -> None:
    """The text; once it was foretold, with the line where it fails, or those that are wrong."""
    text = entry.lesson.text
    failed = outcome.line if outcome and outcome.kind == "error" else None
    lit: list[int] = []
    if outcome and outcome.kind == "warning":
        lit = [outcome.line or 0]
    elif outcome and outcome.kind == "silence":
        lit = changed_lines(entry.fixed.text, text)
    # Its steps would answer the question.
    _panel(text, f"wrong_{entry.name}", failed=failed, lit=lit, steps=outcome is not None)
    with st.container(horizontal=True, gap="small"):
        take_home(entry.lesson, key=f"take_wrong_{entry.name}", parts=steps_of(entry.lesson))


def _panel(
    text: str,
    key: str,
    *,
    failed: int | None = None,
    lit: list[int] | None = None,
    changed: list[int] | None = None,
    steps: bool = True,
) -> None:
    height = min(420, 66 + 19 * len(text.splitlines()))
    code_panel(
        text,
        key=key,
        failed=failed,
        lit=lit or [],
        changed=changed or [],
        height=height,
        steps=steps,
    )


def _verdict(entry: Mistake, said: str, outcome: Outcome) -> None:
    """Whether the prediction held, PyTorch's own words, and what they mean."""
    right = said == outcome.kind
    verdict = ":material/check_circle: You predicted it" if right else "Not quite"
    if class_has_answered():
        verdict = "The run says"
    if outcome.message:
        st.markdown(
            f"{verdict}: **{outcome.kind}**, on line {outcome.line}. In PyTorch's own words:"
        )
        box = st.error if outcome.kind == "error" else st.warning
        box(messages.plain(outcome.message), title=outcome.name)
    else:
        st.markdown(f"{verdict}: **silence**. PyTorch runs it to the end and says nothing.")
    _printed(outcome)
    st.markdown(f"**What it means.** {entry.meaning}")


def _printed(outcome: Outcome) -> None:
    if outcome.output:
        st.caption("It prints:")
        messages.printed(outcome.output.strip())


def _fixed_panel(entry: Mistake) -> None:
    """The fix as a marked edit, run."""
    fixed = entry.fixed
    _panel(fixed.text, f"fixed_{entry.name}", changed=list(fixed.marked_lines))
    with st.container(horizontal=True, gap="small"):
        take_home(fixed, key=f"take_fixed_{entry.name}", parts=steps_of(fixed))
    _printed(gallery.mended(entry.name))
