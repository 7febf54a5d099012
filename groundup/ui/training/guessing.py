"""A guess before the run: until it is made, or skipped, nothing on the page tells how it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.training.guesses import SKIPPED, Guesses
from groundup.training.session import Training
from groundup.ui.controls.classroom import class_has_answered
from groundup.ui.controls.heard import one_of
from groundup.ui.state import page_state, put, stored
from groundup.ui.training import below
from groundup.ui.training.state import TrainingState

_KEY = "guess"


class Question(NamedTuple):
    """What is asked of a text before it runs.

    Attributes:
        ask: the question.
        answers: what can be answered, each with what is meant by it.
        guesses: where the answers are kept.
        about: whether it is asked of a lesson at all.
        words: what a choice of the path's own questions is called here.
    """

    ask: str
    answers: Mapping[str, str]
    guesses: Callable[[TrainingState], Guesses]
    about: Callable[[Lesson], bool] = bool
    words: Mapping[str, str] = MappingProxyType({})

    @property
    def meanings(self) -> str:
        """Each answer, and what is meant by it."""
        return "; ".join(f"*{one}*: {what}" for one, what in self.answers.items())

    def kept(self) -> Guesses:
        """The visitor's guesses."""
        return self.guesses(page_state(TrainingState))

    def waits(self, lesson: Lesson) -> bool:
        """Whether ``lesson`` waits for a guess."""
        is_open = self.about(lesson) and not class_has_answered()
        return is_open and self.kept().waits(lesson.text)


def hear(question: Question, lesson: Lesson) -> None:
    """Take what the dock's question about ``lesson`` was answered with: it counts here too."""
    asked = below.about(lesson.text)
    if asked and (chosen := below.answer(asked)) is not None and question.waits(lesson):
        question.kept().make(lesson.text, question.words.get(chosen, SKIPPED))


def asked_below(lesson: Lesson) -> bool:
    """Whether the dock asks it, which is said: nobody is asked twice."""
    if asked := below.about(lesson.text):
        st.caption("The question below asks what this run will do.")
        below.lead_to(asked)
    return asked is not None


def ask(question: Question, lesson: Lesson) -> None:
    """The answers to choose from; the first one counts, and is the last."""
    made = question.kept().made(lesson.text)
    if made is None and class_has_answered():
        return
    # A reload makes the widget anew, and brings only what the state holds; so does another text.
    put({_KEY: made})
    st.radio(
        question.ask,
        list(question.answers),
        index=None,
        key=_KEY,
        horizontal=True,
        help=question.meanings,
        disabled=not question.waits(lesson),
        on_change=_guessed,
        args=(question, lesson.text),
    )


def _guessed(question: Question, text: str) -> None:
    if answer := one_of(stored(_KEY), question.answers):
        question.kept().make(text, answer)


def wait(training: Training, lesson: Lesson) -> None:
    """Stand before the first epoch: what was run before would tell."""
    if training.stale(lesson) or training.run.epochs or training.walked:
        training.reset(lesson)
