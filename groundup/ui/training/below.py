"""The dock's question, where it is about the page's own text: then the page does not ask it too."""

from __future__ import annotations

import streamlit as st

from groundup.course import programs
from groundup.course.path import Question
from groundup.ui.controls.widgets import declared
from groundup.ui.course import asking, place, showing
from groundup.ui.course.view import presents

_PAGE = "training_loop"


def about(text: str) -> Question | None:
    """The question about ``text`` in the dock of the section that is open; None for none."""
    return next((one for one in _asked() if _text(one) == text), None)


def answer(question: Question) -> str | None:
    """What was answered to it in the dock; None before that."""
    return asking.answer(question)


def lead_to(question: Question) -> None:
    """A button that leads the dock to ``question``, where it shows another one."""
    here = place.find(_PAGE)
    if here is None or question not in here.section.questions:
        return
    at = here.section.questions.index(question)
    if asking.step(here.section) != at and st.button(f"Question {at + 1}", key="to_question"):
        asking.go(at)
        st.rerun()


def _asked() -> tuple[Question, ...]:
    here, shown = place.find(_PAGE), showing.now()
    hidden = presents() or st.context.is_embedded or (shown and not shown.moment.asked)
    return () if hidden or here is None or here.beside or here.task else here.section.questions


def _text(question: Question) -> str:
    """The question's lesson as the page has it: it begins where the page does."""
    if question.lesson != _PAGE:
        return ""
    begins = declared()["begin_at"]
    return programs.lesson(question).set(**{begins.parameter: begins.default}).text
