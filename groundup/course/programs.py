"""The program behind a question: what is shown after the guess, and what runs to answer it."""

from __future__ import annotations

from groundup.course.path import Question
from groundup.engine.lesson import Lesson, load
from groundup.modules.network import network_lesson, presets
from groundup.training.batches import in_batches


def program(question: Question) -> str:
    """The text of ``question``: its own program, or its lesson's text and the lines that read it.

    Raises:
        ValueError: for a lesson, setting or edit that does not exist.
    """
    if not question.lesson:
        return question.code
    lines = f"\n# What the question asks\n{question.code}" if question.code else ""
    return lesson(question).text + lines


def lesson(question: Question) -> Lesson:
    """The lesson that ``question`` is about, as the question sets and edits it.

    Raises:
        ValueError: for a lesson, setting or edit that does not exist.
    """
    settings = dict(question.set)
    if question.lesson == "network":
        named = {one.title: one.settings for one in presets()}
        return network_lesson(named.get(settings.pop("preset", ""), {}) | settings)
    batch = settings.pop("batch", "")
    made = load(question.lesson).set(**settings)
    made = in_batches(made, batch) if batch else made
    return made.edit(question.edit) if question.edit else made
