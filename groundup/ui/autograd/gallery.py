"""The gallery of mistakes: search, predict, see, mend."""

from __future__ import annotations

import streamlit as st

from groundup.engine.observe import run
from groundup.mistakes import gallery
from groundup.mistakes.gallery import Mistake, Outcome
from groundup.ui.autograd.common import code, printed
from groundup.ui.components import messages
from groundup.ui.components.messages import plain
from groundup.ui.controls.widgets import control
from groundup.ui.mistakes.search_box import follow_moved_link, search_box
from groundup.ui.state import stored


def mistakes() -> None:
    """A mistake to foresee, to see, and to mend; or those that a pasted message resembles."""
    follow_moved_link()
    paste, choose = st.columns(2, vertical_alignment="top")
    with paste:
        search_box()
    with choose:
        entry = gallery.titled(control("mistake"))
    wrong, right = st.columns(2, gap="medium")
    with right:
        said = _predicted(entry)
        outcome = gallery.happened(entry.name)
        _tally()
        if said:
            _verdict(entry, said, outcome)
    with wrong:
        line = outcome.line if said else None
        code(entry.lesson, key=f"wrong_{entry.name}", failed=line)
        if said and _fix_wanted(entry):
            _fixed_panel(entry)


_PREDICTIONS = {
    "error": ":material/error: Error",
    "warning": ":material/warning: Warning",
    "silence": ":material/volume_off: Silence",
}


def _predicted(entry: Mistake) -> str | None:
    """Ask what the text will do; None until the learner has said."""
    said: str | None = st.segmented_control(
        "What will it do?",
        gallery.OUTCOMES,
        format_func=lambda kind: _PREDICTIONS[kind],
        key=f"predict_{entry.name}",
        persist_state="page",
    )
    return said


def _fix_wanted(entry: Mistake) -> bool:
    return st.toggle(f"Fix it: {entry.fix_title}", key=f"cure_{entry.name}", persist_state="page")


def _tally() -> None:
    """How many predictions held so far; nothing before the first."""
    said = {e.name: stored(f"predict_{e.name}") for e in gallery.gallery()}
    made = [name for name, guess in said.items() if guess]
    right = [name for name in made if said[name] == gallery.happened(name).kind]
    if made:
        st.caption(f"You foresaw {len(right)} of {len(made)}; there are {len(said)} in all.")


def _verdict(entry: Mistake, said: str, outcome: Outcome) -> None:
    """Whether the prediction held, PyTorch's own words, and what they mean."""
    right = said == outcome.kind
    verdict = ":material/check_circle: You foresaw it" if right else "Not quite"
    if outcome.message:
        st.markdown(
            f"{verdict}: **{outcome.kind}**, on line {outcome.line}. In PyTorch's own words:"
        )
        box = st.error if outcome.kind == "error" else st.warning
        box(plain(outcome.message), title=outcome.name)
    else:
        st.markdown(f"{verdict}: **silence**. PyTorch runs it to the end without a word.")
    if outcome.output:
        messages.printed(outcome.output.strip())
    st.markdown(f"**What it means.** {entry.meaning}")


def _fixed_panel(entry: Mistake) -> None:
    """The fix as a marked edit, run."""
    code(entry.fixed, key=f"fixed_{entry.name}")
    printed(run(entry.fixed.text))
