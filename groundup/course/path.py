"""The path as data: chapters of sections in their order, read from ``course/chapters``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

CHAPTERS = Path(__file__).parent / "chapters"


@dataclass(frozen=True)
class Question:
    """A prediction: which of ``choices`` is right is what a run of its program says.

    ``code`` is that program, which leaves ``answer``; with a ``lesson``, the program is the text of
    that lesson under ``set`` and ``edit``, followed by ``code``. ``read`` names the rule by which
    the answer is read where no line of the program says it (:mod:`groundup.course.answers`).
    ``wrong`` holds a sentence for each choice that is not right. ``settings`` are those of the
    section's page that the question is about, where they are not the section's own.
    """

    id: str
    ask: str
    choices: tuple[str, ...]
    code: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    lesson: str = ""
    set: Mapping[str, Any] = field(default_factory=dict)
    edit: str = ""
    read: str = ""


@dataclass(frozen=True)
class Section:
    """One stop of the path: a page and the settings that it opens with, as a link writes them."""

    id: str
    name: str
    page: str
    settings: Mapping[str, str]
    minutes: int
    why: str
    do: str
    so: str
    words: tuple[str, ...]
    questions: tuple[Question, ...]

    @property
    def chapter(self) -> int:
        """The number of its chapter, from 1."""
        return int(self.id.partition(".")[0])

    @property
    def query(self) -> dict[str, str]:
        """What a link to it holds."""
        return {"section": self.id, **self.settings}


@dataclass(frozen=True)
class Deeper:
    """A section beside the path, and the id of the one that it deepens."""

    name: str
    page: str
    settings: Mapping[str, str]
    deepens: str


@dataclass(frozen=True)
class Chapter:
    """Sections that belong together; ``number`` counts from 1."""

    number: int
    name: str
    sections: tuple[Section, ...]
    deeper: tuple[Deeper, ...]


@cache
def chapters() -> tuple[Chapter, ...]:
    """All chapters, in order."""
    files = sorted(CHAPTERS.glob("*.toml"))
    return tuple(_chapter(n, tomllib.loads(f.read_text("utf-8"))) for n, f in enumerate(files, 1))


@cache
def sections() -> tuple[Section, ...]:
    """All core sections, in order."""
    return tuple(section for chapter in chapters() for section in chapter.sections)


def section(name: str) -> Section | None:
    """The section whose id is ``name``; nothing where there is none."""
    return next((one for one in sections() if one.id == name), None)


def after(one: Section) -> Section | None:
    """The section that follows ``one``; nothing after the last."""
    place = sections().index(one) + 1
    return sections()[place] if place < len(sections()) else None


def _chapter(number: int, table: dict[str, Any]) -> Chapter:
    return Chapter(
        number,
        table["name"],
        tuple(map(_section, table["sections"])),
        tuple(Deeper(**one) for one in table.get("deeper", ())),
    )


def _section(table: dict[str, Any]) -> Section:
    asked = table.pop("questions", ())
    questions = (_question(f"{table['id']}-{n}", one) for n, one in enumerate(asked, 1))
    words = tuple(table.pop("words"))
    return Section(**table, words=words, questions=tuple(questions))


def _question(name: str, table: dict[str, Any]) -> Question:
    return Question(id=name, choices=tuple(table.pop("choices")), **table)
