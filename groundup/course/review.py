"""What a chapter leaves behind: a card with questions to recall, and ten mixed ones at the end."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from groundup.course import answers, typed
from groundup.course.same import number, whole

FILE = Path(__file__).with_name("review.toml")


class Recall(NamedTuple):
    """A question whose answer is typed, not chosen; what is right is what a run of ``code`` leaves
    in ``answer``.

    ``form`` is what an answer looks like (:data:`groundup.course.typed.FORMS`); ``unit`` may stand
    after a number; ``also`` holds other words that mean the right answer.
    """

    id: str
    ask: str
    code: str
    form: str = "word"
    unit: str = ""
    also: tuple[str, ...] = ()


class Card(NamedTuple):
    """What to keep of a chapter: three sentences, a picture, and questions to recall.

    The ``picture`` is a program of a few lines; it is shown with what it prints.
    """

    chapter: int
    sentences: tuple[str, ...]
    recall: tuple[Recall, ...]
    picture: str = ""


@cache
def cards() -> tuple[Card, ...]:
    """A card for each chapter."""
    return tuple(map(_card, _file()["cards"]))


@cache
def mixed() -> tuple[Recall, ...]:
    """Ten questions over all chapters."""
    return _recalls("mixed", _file()["mixed"])


def printed(card: Card) -> str:
    """What the card's picture prints."""
    return answers.ran(card.picture).output


def answer(recall: Recall) -> str:
    """The right answer as it is shown: read from the run, a number with four digits."""
    found = _found(recall)
    value = number(found)
    return found if value is None or whole(found) else f"{value:.4g}"


def expects(recall: Recall) -> str:
    """What to type, for the box: ``a shape, such as 2, 3, or the word error``."""
    unit = f", in {recall.unit}" if recall.unit else ""
    return typed.FORMS[recall.form] + unit


def agrees(recall: Recall, said: str) -> bool:
    """Whether what was typed means the right answer: ``(4, 3)`` is ``4,3``, and 1.60 is 1.6.

    What is typed is compared as text and as numbers; nothing of it is ever evaluated.
    """
    return typed.agrees(said, _found(recall), recall.form, recall.unit, recall.also)


def _found(recall: Recall) -> str:
    return answers.ran(recall.code).answer


def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def _card(table: dict[str, Any]) -> Card:
    number = table["chapter"]
    recall = _recalls(f"card-{number}", table["recall"])
    return Card(number, tuple(table["sentences"]), recall, table["picture"])


def _recalls(name: str, asked: list[dict[str, Any]]) -> tuple[Recall, ...]:
    return tuple(
        Recall(f"{name}-{n}", **{**one, "also": tuple(one.get("also", ()))})
        for n, one in enumerate(asked, 1)
    )
