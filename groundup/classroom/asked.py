"""The question that a room is asked: one of the course, or the teacher's own."""

from __future__ import annotations

import re
from typing import NamedTuple

from groundup.course import path
from groundup.course.path import Question
from groundup.course.same import number
from groundup.course.typed import MOST, meant

COURSE, NUMBER, SHAPE = "course", "number", "shape"
KINDS = (COURSE, NUMBER, SHAPE)

LONGEST = 200
"""Characters of a question of the teacher's own."""

_SHAPE = re.compile(r"\([0-9, ]*\)")


class Asked(NamedTuple):
    """``text`` is the id of a question of the course, or the words of a question of one's own."""

    kind: str
    text: str


def course_question(name: str) -> Question | None:
    """The question of the course whose id is ``name``."""
    every = (one for section in path.sections() for one in section.questions)
    return next((one for one in every if one.id == name), None)


def section_of(name: str) -> str:
    """The id of the section that the question of the course belongs to."""
    return name.rpartition("-")[0]


def is_fit(asked: Asked) -> bool:
    """Whether a room may be asked this."""
    if asked.kind == COURSE:
        return course_question(asked.text) is not None
    return asked.kind in KINDS and 0 < len(asked.text.strip()) <= LONGEST


def answer_to(asked: Asked, said: str) -> str | None:
    """``said`` as it is kept; None if it is no answer to what is asked."""
    if asked.kind == COURSE:
        question = course_question(asked.text)
        return said if question and said in question.choices else None
    return said if len(said) <= MOST and _is_meant(said, asked.kind) else None


def _is_meant(said: str, kind: str) -> bool:
    """Whether a number or a shape is said: nobody shall put other words on the projector."""
    found = meant(said, kind)
    if kind == NUMBER:
        return number(found) is not None
    # Nothing at all would be read as the shape of a tensor without dimensions.
    return found == "error" or bool(meant(said, "word") and _SHAPE.fullmatch(found))
