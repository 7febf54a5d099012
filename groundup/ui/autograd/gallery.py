"""The gallery of mistakes: search, predict, see, mend."""

from __future__ import annotations

import streamlit as st

from groundup.engine.observe import run
from groundup.mistakes import gallery
from groundup.mistakes.gallery import Mistake, Outcome
from groundup.ui.autograd.common import code, printed
from groundup.ui.components.messages import plain
from groundup.ui.controls.widgets import control


def mistakes() -> None:
    """A mistake to foresee, to see, and to mend; or those that a pasted message resembles."""
    paste, choose = st.columns(2, vertical_alignment="top")
    with paste:
        _search(st.text_input("Paste an error message", key="error", persist_state="page"))
    with choose:
        entry = gallery.titled(control("mistake"))
    wrong, right = st.columns(2, gap="medium")
    with right:
        said = _predicted(entry)
        found = gallery.outcomes()[entry.name]
        _tally()
        if said:
            _verdict(entry, said, found)
    with wrong:
        line = found.line if said else None
        code(entry.lesson, key=f"wrong_{entry.name}", failed=line)
        fix = f"fix_{entry.name}"
        if said and st.toggle(f"Fix it: {entry.cure}", key=fix, persist_state="page"):
            _cure(entry)


def _search(query: str) -> None:
    """The mistakes that a pasted text resembles, each a button that opens it."""
    if not query.strip():
        return
    found = gallery.closest(query)
    if not found:
        st.caption("Nothing here resembles that. Paste the last line of the traceback.")
    with st.container(horizontal=True):
        for entry, score in found:
            st.button(
                f"{entry.title} · {score:.0%}",
                key=f"found_{entry.name}",
                on_click=st.session_state.update,
                args=({"mistake": entry.title},),
            )


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


def _tally() -> None:
    """How many predictions held so far; nothing before the first."""
    said = {e.name: st.session_state.get(f"predict_{e.name}") for e in gallery.gallery()}
    made = [name for name, guess in said.items() if guess]
    held = [name for name in made if said[name] == gallery.outcomes()[name].kind]
    if made:
        st.caption(f"You foresaw {len(held)} of {len(made)}; there are {len(said)} in all.")


def _verdict(entry: Mistake, said: str, found: Outcome) -> None:
    """Whether the prediction held, PyTorch's own words, and what they mean."""
    right = said == found.kind
    held = ":material/check_circle: You foresaw it" if right else "Not quite"
    if found.message:
        st.markdown(f"{held}: **{found.kind}**, on line {found.line}. In PyTorch's own words:")
        box = st.error if found.kind == "error" else st.warning
        box(plain(found.message), title=found.name)
    else:
        st.markdown(f"{held}: **silence**. PyTorch runs it to the end without a word.")
    if found.output:
        st.code(found.output.strip(), language=None, wrap_lines=True)
    st.markdown(f"**What it means.** {entry.meaning}")


def _cure(entry: Mistake) -> None:
    """The fix as a marked edit, run."""
    code(entry.fixed, key=f"fixed_{entry.name}")
    printed(run(entry.fixed.text))
