"""What a chapter leaves behind: a card with questions to recall, and ten mixed ones at the end."""

from __future__ import annotations

from typing import NamedTuple


class Recall(NamedTuple):
    """A question whose answer is typed, not chosen; what is right is what a run of ``code`` leaves
    in ``answer``."""

    id: str
    ask: str
    code: str


class Card(NamedTuple):
    """What to keep of a chapter: three sentences, and questions to recall."""

    chapter: int
    sentences: tuple[str, ...]
    recall: tuple[Recall, ...]


def cards() -> tuple[Card, ...]:
    """A card for each chapter."""
    return ()


def mixed() -> tuple[Recall, ...]:
    """Ten questions over all chapters."""
    return ()


def agrees(recall: Recall, typed: str) -> bool:
    """Whether what was typed means the right answer: ``(4, 3)`` is ``4,3``, and 1.60 is 1.6."""
    raise NotImplementedError
