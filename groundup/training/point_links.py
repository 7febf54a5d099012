"""A small table of the learner's own points as a text that a link can hold, and read from one."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote_plus

from groundup.training import cells
from groundup.training.own_data import Points, points_from

MOST_CHARACTERS = 1000
"""As many as the text may have: about 50 points of six digits in each number."""

MOST_IN_LINK = 1500
"""As many as it may take in a link, where a comma takes three: the rest stays under 2,000."""

_STANDARDISED = "standardised"


def written(points: Points) -> str:
    """``points`` as ``1 3.1, 2 4.8``: x and y of each; empty where a link cannot hold that.

    What is not as usual stands before it, ended by semicolons: ``standardised``, and two names.
    Each number has the fewest digits that read back as the same float64, so that the lesson's text
    is the same to the letter.
    """
    if len(points.x) > MOST_CHARACTERS // len("1 2,"):
        return ""
    head = [_STANDARDISED] * points.standardised
    head += points.names if points.names != ("x", "y") else ()
    pairs = zip(points.x, points.y, strict=True)
    rows = ", ".join(f"{_number(x)} {_number(y)}" for x, y in pairs)
    text = "; ".join([*head, rows])
    fits = len(text) <= MOST_CHARACTERS and len(quote_plus(text)) <= MOST_IN_LINK
    # A name may hold a semicolon, or be that word.
    return text if fits and _reads_as(text, points) else ""


def read(text: str) -> Points | None:
    """The points that ``text`` holds, None if it is empty.

    Raises:
        ValueError: in a sentence that says which row cannot be used, and why.
    """
    if not text.strip():
        return None
    *head, rows = text.split(";")
    names = [cells.label(part) for part in head]
    standardised = names[:1] == [_STANDARDISED]
    names = names[standardised:]
    if len(names) not in {0, 2} or not all(names):
        raise ValueError("before the points may stand «standardised;» and two names, each with a ;")
    points = points_from(
        [(n, *_pair(n, row)) for n, row in enumerate(rows.split(","), 1)],
        (names[0], names[1]) if names else ("x", "y"),
    )
    return replace(points, standardised=standardised)


def told(*, in_link: bool) -> str:
    """What becomes of the points in use where the link is opened, in a sentence."""
    if in_link:
        return "The link in the address bar holds them."
    return (
        f"They are in no link, which has {MOST_CHARACTERS:,} characters for them: whoever opens "
        "yours sees drawn points."
    )


def _pair(n: int, row: str) -> tuple[str, str]:
    found = row.split()
    if len(found) != 2:
        raise ValueError(
            f"row {n} is «{cells.label(row)}»; write x and y with a space between them and a "
            "comma between rows: 1 3.1, 2 4.8"
        )
    return found[0], found[1]


def _number(number: float) -> str:
    return repr(number).removesuffix(".0")


def _reads_as(text: str, points: Points) -> bool:
    try:
        return read(text) == points
    except ValueError:
        return False
