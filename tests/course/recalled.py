"""Typed questions to try the pages with, whatever the course itself asks."""

import pytest

from groundup.course.review import Card, Recall
from groundup.ui.course import finish, review

CARDS = tuple(
    Card(
        number,
        (f"First of {number}.", "*Second*.", "Third."),
        (Recall(f"card-{number}-1", "2 + 2 * 1?", "answer = 4"),),
    )
    for number in (1, 2, 6)
)
MIXED = tuple(Recall(f"mixed-{n}", f"What is {n} + 1?", f"answer = {n + 1}") for n in range(1, 4))


@pytest.fixture
def recalled(monkeypatch):
    """The pages ask these questions."""
    for page in (review, finish):
        monkeypatch.setattr(page, "agrees", _agrees)
    monkeypatch.setattr(review, "answer", _answer)
    monkeypatch.setattr(review, "expects", lambda recall: "a number")
    monkeypatch.setattr(review, "cards", lambda: CARDS)
    monkeypatch.setattr(finish, "mixed", lambda: MIXED)


def _answer(recall):
    return recall.code.rpartition(" ")[2]


def _agrees(recall, typed):
    return typed.strip() == _answer(recall)
