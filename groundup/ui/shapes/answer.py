"""The lab's verdict in words, and the buttons of its fixes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from groundup.engine.failures import Failure
from groundup.engine.literals import show_shape
from groundup.shapes.fixes import Fix
from groundup.shapes.guess import marked
from groundup.shapes.lab import Lab
from groundup.shapes.rules import PAIRS, Question, Verdict
from groundup.shapes.words import words
from groundup.ui.controls.classroom import class_has_answered
from groundup.ui.controls.widgets import value
from groundup.ui.state import page_state, put


@dataclass
class LabState:
    """One visitor's shape lab.

    Attributes:
        told: the question whose answer stood on the button that led to it; None for none.
    """

    told: Lab | None = None


def answered(typed: Lab, verdict: Verdict) -> bool:
    """The verdict in words; first the learner's guess, where one is wanted.

    Returns whether it was given: not before the guess is.

    Raises:
        ValueError: with a sentence, for a guess that is no shape.
    """
    if value("guess_first") and not class_has_answered() and page_state(LabState).told != typed:
        # Another question has another guess: the key holds the question.
        asked, said = st.columns([1, 1.6], vertical_alignment="bottom")
        guess = asked.text_input(
            "Which shape comes out?", key=f"guess {typed}", placeholder="a shape, or the word error"
        )
        if not guess.strip():
            waits = "Type your guess, then press Enter. The answer waits."
            said.info(waits, icon=":material/help:")
            return False
        right, sentence = marked(guess, verdict)
        (said.success if right else said.warning)(sentence)
    if verdict.result is None:
        st.markdown(f":red[**✗ Error.**] {verdict.why}")
    elif verdict.trap:
        st.markdown(f":orange[**⚠ {show_shape(verdict.result)}, but…**] {verdict.trap}")
    else:
        st.markdown(f":green[**✓ {show_shape(verdict.result)}**] {verdict.why}")
    return True


def fix_buttons(suggested: Sequence[Fix]) -> None:
    """A button for each fix, with what it changes and what comes out."""
    with st.container(horizontal=True, gap="xsmall"):
        for number, fix in enumerate(suggested):
            st.button(
                f"`{fix.code}` → {show_shape(fix.result)}",
                key=f"fix_{number}",
                help=f"{fix.why} Press to apply it and run.",
                on_click=_mend,
                args=(fix.lab,),
                icon=":material/build:",
            )


def _mend(new: Lab) -> None:
    """A press on a fix, which said what comes out: nobody is asked to guess that."""
    put_in(new)
    page_state(LabState).told = new


def put_in(new: Lab) -> None:
    """Let the boxes say what ``new`` says; those that it does not use stay."""
    put({"op": new.op, "a": new.a, "numbers": new.numbers})
    put({"first_do": new.steps, "keepdim": new.keepdim})
    if new.op in PAIRS:
        put({"b": new.b})
    if new.chain:
        put({"chain": new.chain})


def worded_for_real(q: Question) -> Callable[[Failure], Failure]:
    """What gives an error of the meta device the words that it has on a real one."""
    return lambda failure: words(q, failure.line) or failure
