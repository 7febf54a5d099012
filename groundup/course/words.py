"""The glossary: the field's terms that the app uses, a sentence each."""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """A term, the section that introduces it, how it may be written, and what it means."""

    term: str
    section: str
    pattern: str
    meaning: str


def words() -> tuple[Word, ...]:
    """All words, in the order of the path."""
    return ()
