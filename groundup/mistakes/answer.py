"""The answer to whatever was pasted into the search box, out of all that the app teaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from groundup.mistakes import gallery, messages, python_errors, unknown
from groundup.mistakes.everyday import Symptoms
from groundup.mistakes.gallery import Mistake
from groundup.mistakes.messages import Reading
from groundup.mistakes.pasted import Error, Pasted, read
from groundup.mistakes.search import Matcher, words

MAX_RESULTS = 6
"""How many mistakes are offered at most."""
_FEWEST_WORDS = 3
"""Fewer words than this are no message that could be recognised by its likeness."""


@dataclass(frozen=True)
class Answer:
    """Mistakes of the gallery and kinds of messages that other pages teach, the nearest first.

    Where there are neither, ``python`` is what an error of Python's own says, or ``said`` what an
    unknown message names; both are empty for words that resemble nothing.
    """

    mistakes: tuple[Mistake, ...] = ()
    readings: tuple[Reading, ...] = ()
    python: str = ""
    said: str = ""
    is_error: bool = False

    @property
    def leads_somewhere(self) -> bool:
        """Whether it leads to anything."""
        return bool(self.mistakes or self.readings)


def answer(text: str) -> Answer:
    """What the app has to say to ``text``: a message, a traceback, or everyday words."""
    pasted = read(text)
    if recognised := messages.recognise(pasted.flat):
        names = [name for reading in recognised for name in reading.mistakes]
        return Answer(_mistakes(names), recognised, is_error=True)
    if pasted.errors and (python := python_errors.explained(pasted.errors[0])):
        return Answer(python=python, is_error=True)
    if not pasted.is_error and (symptoms := _symptoms().closest(pasted.flat)):
        return _described(symptoms)
    if names := _resembling(pasted):
        return Answer(_mistakes(names), is_error=True)
    said = unknown.described(pasted) if pasted.is_error else ""
    return Answer(said=said, is_error=pasted.is_error)


def _mistakes(names: Iterable[str]) -> tuple[Mistake, ...]:
    return tuple(gallery.mistake(name) for name in dict.fromkeys(names))[:MAX_RESULTS]


def _described(names: list[str]) -> Answer:
    """The answer to everyday words, whose sentences ``names`` names."""
    kinds = tuple(Reading(name) for name in names if name in messages.SYMPTOMS)
    return Answer(_mistakes(name for name in names if name not in messages.SYMPTOMS), kinds)


def _resembling(pasted: Pasted) -> list[str]:
    """The mistakes whose own message today the pasted one resembles, whole, in part or misspelt."""
    texts = [error.message for error in pasted.errors] or [pasted.flat]
    for text in (candidate for candidate in texts if len(words(candidate)) >= _FEWEST_WORDS):
        if results := _matcher().closest(text, max_results=MAX_RESULTS):
            return [match.name for match in results]
    return []


@cache
def _matcher() -> Matcher:
    """Finds mistakes by PyTorch's words about them; Python's own words are too common for that."""
    speaking = (entry.name for entry in gallery.everything() if entry.promise != "silence")
    said = {name: gallery.happened(name) for name in speaking}
    return Matcher(
        {
            name: (wordings.message,)
            for name, wordings in said.items()
            if not python_errors.explained(Error(wordings.name, wordings.message))
        }
    )


@cache
def _symptoms() -> Symptoms:
    """Finds mistakes, and what other pages teach, by what a learner would say of them."""
    said = {e.name: (*e.symptoms, e.title, e.fix_title) for e in gallery.everything()}
    return Symptoms(said | messages.SYMPTOMS)
