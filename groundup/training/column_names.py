"""Which lines of a file are above its table, and which of them name its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from groundup.training import cells
from groundup.training.own_data import MAX_ROWS

MAX_NAMES = 50
"""At most so many lines above the first number."""

Rows = Sequence[tuple[int, list[str]]]
"""The cells of each row, with the number of its line."""


@dataclass(frozen=True)
class Parted:
    """A file in its parts: ``names`` is empty where no line names the columns."""

    names: list[str]
    rows: list[tuple[int, list[str]]]
    notes: list[str]


def parted(rows: Rows) -> Parted:
    """The names, the rows from the first with a number on, and what is said of the lines above.

    Raises:
        ValueError: if there are more rows than may be.
    """
    start = _first(rows)
    head, data = list(rows[:start]), list(rows[start:])
    if len(data) > MAX_ROWS:
        raise ValueError(f"there are more than {MAX_ROWS:,} rows, which is the most.")
    width = Counter(len(row) for _, row in data).most_common(1)[0][0] if data else 0
    over = _over([row for _, row in head if not _is_comment(row, width)], width)
    notes = []
    if not over and head and (commented := _commented(head[-1][1], width)):
        over, notes = [commented], [f"The names stand in line {head[-1][0]}, a comment."]
    names = [_name(parts) for parts in zip(*over, strict=True)]
    return Parted(names, data, notes + _said(len(head) - len(over), named=bool(names)))


def _first(rows: Rows) -> int:
    """The place of the first row with a number; a comment may hold one, and is none."""
    looked_at = rows[: MAX_NAMES + 1]
    found = [n for n, (_, row) in enumerate(looked_at) if _is_data(row)]
    return next((n for n in found if not _is_comment(rows[n][1])), found[0] if found else 0)


def _is_data(row: Sequence[str]) -> bool:
    return any(map(cells.is_value, row)) or all(map(cells.is_missing, row))


def _is_comment(row: Sequence[str], width: int = 0) -> bool:
    """A line that begins with #, which may also be the name above a column of ``width`` many."""
    is_name = row[0].strip() == "#" and len(row) == width
    return row[0].lstrip().startswith("#") and not is_name


def _over(head: Sequence[list[str]], width: int) -> list[list[str]]:
    """The line of names, and a second one with their units; R leaves out an index's name."""
    fits = [[""] * (width - len(row)) + row for row in head if 0 <= width - len(row) <= 1]
    return fits[:1] + fits[-1:] if len(fits) > 1 else fits


def _commented(row: Sequence[str], width: int) -> list[str]:
    """The names in a comment right above the table, as NumPy writes them; none in a sentence."""
    first = row[0].strip().lstrip("#").strip()
    said = [first, *row[1:]] if first else list(row[1:])
    are_names = all(0 < len(_bare(cell)) <= 2 and not cells.is_value(cell) for cell in said)
    return said if len(said) == width and are_names else []


def _bare(cell: str) -> list[str]:
    """The words of a name, without a unit in brackets."""
    return cell.partition("(")[0].partition("[")[0].split()


def _name(parts: Sequence[str]) -> str:
    """A column's name; what a second line adds (a unit) stands behind it in brackets."""
    first, *more = [cells.label(part) for part in parts]
    unit = more[0].strip("()[]") if more else ""
    return f"{first} ({unit})" if unit else first


def _said(above: int, *, named: bool) -> list[str]:
    lines = "1 line above the table is" if above == 1 else f"{above} lines above the table are"
    unused = [f"{lines} not used."] if above else []
    return unused if named else [*unused, "No line of names was found."]
