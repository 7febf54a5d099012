"""The gallery of mistakes: lessons that go wrong as promised, and the edit that puts each right.

A mistake is a lesson in ``lessons/mistakes/TOPIC/``; its table adds a title, the promised outcome
and what PyTorch's words mean. Those words themselves are never written down: the text is run, and
what it raises or warns is what is shown and searched.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from groundup.engine import lesson
from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run, run
from groundup.engine.tables import MISTAKES

FOLDER = lesson.LESSONS / MISTAKES / "autograd"
MODULE_FOLDER = lesson.LESSONS / MISTAKES / "modules"
"""Those of the nn.Module page."""
OUTCOMES = ("error", "warning", "silence")
"""What a text can do: stop, complain and go on, or be wrong without a word."""


@dataclass(frozen=True)
class Outcome:
    """What running a text led to; ``kind`` is one of :data:`OUTCOMES`.

    ``name`` is the exception's or warning's type, ``message`` its own words, ``line`` where it
    happened; the three are empty in silence.
    """

    kind: str
    output: str
    name: str = ""
    message: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Mistake:
    """One entry of the gallery; ``lesson`` is the wrong text, and its edit ``fix`` the cure.

    ``symptoms`` are what a learner might say of it in everyday words.
    """

    name: str
    title: str
    promise: str
    meaning: str
    lesson: Lesson
    symptoms: tuple[str, ...] = ()

    @property
    def fixed(self) -> Lesson:
        """The text with the fix in it."""
        return self.lesson.edit("fix")

    @property
    def fix_title(self) -> str:
        """The fix in a few words."""
        return self.lesson.edits["fix"].title


@cache
def gallery(folder: Path = FOLDER) -> tuple[Mistake, ...]:
    """Every mistake in ``folder``, sorted by title."""
    entries = (_load(name, folder) for name in lesson.names(folder))
    return tuple(sorted(entries, key=lambda entry: entry.title))


@cache
def everything() -> tuple[Mistake, ...]:
    """Every mistake of every page."""
    return (*gallery(FOLDER), *gallery(MODULE_FOLDER))


def mistake(name: str) -> Mistake:
    """The entry called ``name``.

    Raises:
        ValueError: if there is none.
    """
    for entry in everything():
        if entry.name == name:
            return entry
    known = ", ".join(entry.name for entry in everything())
    raise ValueError(f"there is no mistake called {name!r}; there are: {known}.")


def titled(title: str, folder: Path = FOLDER) -> Mistake:
    """The entry of ``folder`` with that title.

    Raises:
        ValueError: if there is none.
    """
    for entry in gallery(folder):
        if entry.title == title:
            return entry
    raise ValueError(f"there is no mistake titled {title!r} in {folder.name}.")


def outcome(finished: Run) -> Outcome:
    """What ``finished`` led to: an exception before a warning before silence."""
    if finished.failure:
        failure = finished.failure
        return Outcome("error", finished.output, failure.kind, failure.message, failure.line)
    if finished.notices:
        first = finished.notices[0]
        return Outcome("warning", finished.output, first.kind, first.message, first.line)
    return Outcome("silence", finished.output)


@cache
def happened(name: str) -> Outcome:
    """What the wrong text of the mistake called ``name`` leads to, found by running it once."""
    return outcome(run(mistake(name).lesson.text))


@cache
def mended(name: str) -> Outcome:
    """What the text of the mistake called ``name`` leads to with its fix, found by running it."""
    return outcome(run(mistake(name).fixed.text))


def _load(name: str, folder: Path) -> Mistake:
    notes = lesson.table(name, folder)
    return Mistake(
        name=name,
        title=notes["title"],
        promise=notes["promise"],
        meaning=notes["meaning"],
        lesson=lesson.load(name, folder),
        symptoms=tuple(notes.get("symptoms", ())),
    )
