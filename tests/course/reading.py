"""A text with a reader's eyes: which words of the glossary stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from groundup.course.path import Section, sections
from groundup.course.tasks import Task, tasks_of
from groundup.course.words import Word, words


class Found(NamedTuple):
    """A word as it is written in a text, and from where to where."""

    word: Word
    written: str
    span: tuple[int, int]


def found(text: str) -> list[Found]:
    """The words in ``text``, from left to right; of two that overlap, the longer."""
    every = [Found(w, m[0], m.span()) for w in words() for m in w.regex.finditer(text)]
    taken: list[Found] = []
    for one in sorted(every, key=lambda each: -len(each.written)):
        if all(_apart(one.span, other.span) for other in taken):
            taken.append(one)
    return sorted(taken, key=lambda each: each.span)


def _apart(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] >= other[1] or other[0] >= one[1]


def walked() -> Iterator[tuple[Section, str]]:
    """Every text that the path shows, in its order, with the section that shows it."""
    for section in sections():
        for text in (*_said(section), *(t for one in tasks_of(section.id) for t in _asked(one))):
            yield section, text


def _said(section: Section) -> Iterator[str]:
    yield from (section.name, section.why, section.do, section.so)
    for question in section.questions:
        yield from (question.ask, *question.choices, *question.wrong.values())


def _asked(task: Task) -> Iterator[str]:
    yield from (task.goal, task.given, *task.hints)
    yield from (foreseen.said for foreseen in task.foreseen)
    yield from (way.said for way in task.ways)


def early(text: str, section: Section) -> list[Found]:
    """The words in ``text`` that the path introduces only after ``section``."""
    order = [one.id for one in sections()]
    here = order.index(section.id)
    return [one for one in found(text) if one.word.section and order.index(one.word.section) > here]
