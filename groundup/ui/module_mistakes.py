"""Mistakes with modules and optimizers: made, in PyTorch's own words, and put right."""

from __future__ import annotations

import streamlit as st

from groundup import mistakes
from groundup.mistakes import Mistake, Outcome
from groundup.observe import run
from groundup.ui.code_panel import code_panel


def stage(title: str) -> None:
    """The wrong text and what it does, beside the right one and what that does."""
    entry = next(one for one in mistakes.gallery(mistakes.MODULE_FOLDER) if one.title == title)
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**The mistake**")
        _wrong(entry)
    with right:
        st.markdown(f"**The fix:** {entry.cure}")
        fixed = entry.fixed
        found = _outcome(fixed.text)
        code_panel(fixed.text, key="slip_right", changed=fixed.marked_lines, height=300)
        _said(found)
    st.info(entry.meaning, title="What it means", icon=":material/lightbulb:")


def _wrong(entry: Mistake) -> None:
    text, found = entry.lesson.text, _outcome(entry.lesson.text)
    failed = found.line if found.kind == "error" else None
    warned = [found.line] if found.kind == "warning" and found.line else []
    code_panel(text, key="slip_wrong", failed=failed, lit=warned, height=300)
    _said(found)


@st.cache_data(show_spinner=False, max_entries=64)
def _outcome(text: str) -> Outcome:
    return mistakes.outcome(run(text))


def _said(found: Outcome) -> None:
    """PyTorch's own words, and what the program printed."""
    if found.kind == "silence":
        st.caption("It runs to its end without a word from PyTorch. It prints:")
    else:
        box = st.error if found.kind == "error" else st.warning
        box(f"`{found.message.splitlines()[0]}`", title=f"Line {found.line}: {found.name}")
    if found.output:
        st.code(found.output.strip(), language=None, wrap_lines=True)
