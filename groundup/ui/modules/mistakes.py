"""Mistakes with modules and optimizers: made, in PyTorch's own words, and put right."""

from __future__ import annotations

import streamlit as st

from groundup.engine.observe import run
from groundup.engine.text import changed_lines
from groundup.mistakes import gallery
from groundup.mistakes.gallery import Mistake, Outcome
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.messages import plain, printed
from groundup.ui.mistakes.places import SEARCH
from groundup.ui.mistakes.search_box import link


def render_mistake(title: str) -> None:
    """The wrong text, what it does and what that means, beside the right one and what that does."""
    entry = gallery.titled(title, gallery.MODULE_FOLDER)
    link(SEARCH)
    left, right = st.columns(2, gap="medium")
    with left:
        _wrong(entry)
    with right:
        _right(entry)


def _wrong(entry: Mistake) -> None:
    text, outcome = entry.lesson.text, _outcome(entry.lesson.text)
    _outcome_sentence(outcome, entry.meaning)
    mended = changed_lines(entry.fixed.text, text)
    lit = {"error": [], "warning": [outcome.line or 0], "silence": mended}[outcome.kind]
    failed = outcome.line if outcome.kind == "error" else None
    code_panel(text, key="slip_wrong", failed=failed, lit=lit, look=mended[0], height=300)
    _printed(outcome)


def _outcome_sentence(outcome: Outcome, meaning: str) -> None:
    """PyTorch's own words, and what they mean; or that it has none."""
    if outcome.kind == "silence":
        st.warning(
            meaning, title="PyTorch says nothing, and it is wrong", icon=":material/hearing:"
        )
        return
    box = st.error if outcome.kind == "error" else st.warning
    box(f"{plain(outcome.message)}\n\n{meaning}", title=f"Line {outcome.line}: {outcome.name}")


def _right(entry: Mistake) -> None:
    fixed, outcome = entry.fixed, _outcome(entry.fixed.text)
    st.success(entry.fix_title, title="The fix", icon=":material/build:")
    code_panel(fixed.text, key="slip_right", changed=fixed.marked_lines, height=300)
    _printed(outcome)


def _printed(outcome: Outcome) -> None:
    if outcome.output:
        st.caption("It prints:")
        printed(outcome.output.strip())


@st.cache_data(show_spinner=False, max_entries=64)
def _outcome(text: str) -> Outcome:
    return gallery.outcome(run(text))
