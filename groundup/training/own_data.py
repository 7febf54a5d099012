"""The learner's own points: read from a table or a CSV file, and put into a lesson's text."""

from __future__ import annotations

import csv
import io
import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import torch

from groundup.engine.edits import Choice, Edit, block
from groundup.engine.lesson import Lesson
from groundup.engine.parameters import Parameter

MAX_ROWS = 5000
MAX_BYTES = 1_000_000
MAX_NUMBER = 1e6
"""The largest number taken: its square and its fellows' must still fit into a float32."""

IN_TEXT = 100
"""Up to so many points stand in the text itself; more are read from a file beside it."""

FILE = "points.csv"

_DRAWN = ("points", "noise", "true_w", "true_b")
"""The parameters that make drawn points; a text with its own points has none of them."""


@dataclass(frozen=True)
class Points:
    """Examples: as many x as y, at least two, not all x the same."""

    x: tuple[float, ...]
    y: tuple[float, ...]


def from_csv(raw: bytes) -> Points:
    """Read a CSV of two columns, x and y, with or without a line of names.

    Raises:
        ValueError: in a sentence that names the row and the column, from 1.
    """
    if len(raw) > MAX_BYTES:
        raise ValueError(
            f"the file has {len(raw) / 1e6:,.1f} MB; {MAX_BYTES / 1e6:g} MB is the most."
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("the file is no text in UTF-8; save it as CSV (UTF-8).") from error
    if "\0" in text:
        raise ValueError("the file is no text; save it as CSV (UTF-8).")
    first = text.lstrip().split("\n", 1)[0]
    delimiter = next((mark for mark in (";", "\t", ",") if mark in first), ",")
    lines = enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1)
    filled = ((n, line) for n, line in lines if any(cell.strip() for cell in line))
    try:
        # One more than may be, and the line of names: a longer file is not held in memory.
        rows = list(itertools.islice(filled, MAX_ROWS + 2))
    except csv.Error as error:
        raise ValueError(f"the file cannot be read as CSV: {error}.") from error
    if rows and all(_number(cell) is None and cell.strip() for cell in rows[0][1]):
        rows = rows[1:]
    for n, line in rows:
        if len(line) != 2:
            columns = "1 column" if len(line) == 1 else f"{len(line)} columns"
            raise ValueError(f"row {n} has {columns}; it needs two, x and y.")
    return _points([(n, line[0], line[1]) for n, line in rows])


def from_table(rows: Sequence[Mapping[str, object]]) -> Points:
    """Read the rows of an edited table with the columns ``x`` and ``y``.

    Raises:
        ValueError: in a sentence that names the row and the column, from 1.
    """
    cells = [(n, row.get("x"), row.get("y")) for n, row in enumerate(rows, 1)]
    return _points([row for row in cells if not (_empty(row[1]) and _empty(row[2]))])


def _points(rows: Sequence[tuple[int, object, object]]) -> Points:
    if len(rows) > MAX_ROWS:
        raise ValueError(f"there are more than {MAX_ROWS:,} rows, which is the most.")
    x = tuple(_cell(n, "x", value) for n, value, _ in rows)
    y = tuple(_cell(n, "y", value) for n, _, value in rows)
    if len(rows) < 2:
        raise ValueError(f"a line needs at least 2 points, and there are {len(rows)}.")
    if len(set(x)) == 1:
        raise ValueError(
            f"all x are {x[0]:g} (column x, rows {rows[0][0]} to {rows[-1][0]}): every slope fits "
            "equally well. Give at least one point another x."
        )
    return Points(x, y)


def _cell(row: int, column: str, value: object) -> float:
    where = f"row {row}, column {column}"
    if _empty(value):
        raise ValueError(f"{where} is empty; write a number or delete the row.")
    parsed = _number(value)
    if parsed is None:
        shown = str(value).strip()
        shown = shown if len(shown) <= 20 else shown[:17] + "..."
        raise ValueError(f"{where} holds «{shown}», which is no number (write 1.5, not 1,5).")
    if abs(parsed) > MAX_NUMBER:
        raise ValueError(
            f"{where} holds {parsed:g}; from −{MAX_NUMBER:g} to {MAX_NUMBER:g} is allowed."
        )
    return parsed


def _empty(value: object) -> bool:
    return value is None or str(value).strip() == "" or value != value  # noqa: PLR0124  # NaN


def _number(value: object) -> float | None:
    try:
        parsed = float(str(value).strip())
    except ValueError:
        return None
    return parsed if math.isfinite(parsed) and "_" not in str(value) else None


def with_points(lesson: Lesson, points: Points | None) -> Lesson:
    """``lesson`` on the learner's own points; they stand in its text, or in a file beside it."""
    if points is None:
        return lesson
    inside = len(points.x) <= IN_TEXT
    drawn = block(lesson.source, "# Sample data").removesuffix("\n")
    lines = lesson.source.splitlines(keepends=True)
    dropped = [line for line in lines if line.startswith(tuple(f"{n} = " for n in _DRAWN))]
    dropped += [line for line in lines if line.startswith('print(f"The data was made')]
    new = _limited(points) if inside else _READING
    edit = Edit("own", "Your own points", ((drawn, new), *((line, "") for line in dropped)))
    parameter = Parameter("data", "drawn", "where the points come from", options=("drawn", "own"))
    choices = {**lesson.choices, "data": Choice(parameter, {"own": edit})}
    files = {} if inside else {FILE: to_csv(points)}
    return replace(lesson, choices=choices, files=files).set(data="own")


_READING = f"""# Your own points, from the file beside this script: x and y in each row
with open("{FILE}") as file:
    rows = [[float(cell) for cell in line.split(",")] for line in file]
X = torch.tensor([[x] for x, _ in rows])
y_true = torch.tensor([[y] for _, y in rows])
X, y_true = X.to(device), y_true.to(device)"""


def _limited(points: Points) -> str:
    pairs = [f"[{x!r}, {y!r}]" for x, y in zip(points.x, points.y, strict=True)]
    rows = [", ".join(pairs[n : n + 4]) for n in range(0, len(pairs), 4)]
    listed = "".join(f"    {row},\n" for row in rows)
    return (
        f"# Your own points: x and y\nrows = torch.tensor([\n{listed}])\n"
        "X, y_true = rows[:, :1], rows[:, 1:]\n"
        "X, y_true = X.to(device), y_true.to(device)"
    )


def to_csv(points: Points) -> str:
    """``points`` as rows of x and y, unrounded."""
    return "".join(f"{x!r},{y!r}\n" for x, y in zip(points.x, points.y, strict=True))


def same(points: Points | None, x: Sequence[float], y: Sequence[float]) -> bool:
    """Whether ``x`` and ``y`` are what a lesson makes of ``points``: their float32s."""
    if points is None:
        return False
    return torch.tensor([points.x, points.y]).tolist() == [list(x), list(y)]
