"""The learner's own points: from an edited table or a file, put into a lesson's text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import torch

from groundup.engine.edits import Choice, Edit, block
from groundup.engine.lesson import Lesson
from groundup.engine.parameters import Parameter

MAX_ROWS = 5000
MAX_NUMBER = 1e12
"""The largest number taken: its square and its fellows' must still fit into a float32."""

IN_TEXT = 100
"""Up to so many points stand in the text itself; more are read from a file beside it."""

FILE = "points.csv"

_DRAWN = ("points", "noise", "true_w", "true_b")
"""The parameters that make drawn points; a text with its own points has none of them."""


@dataclass(frozen=True)
class Points:
    """Examples: as many x as y, at least two, not all x the same.

    ``names`` are what x and y are called where they come from; ``standardised`` says whether the
    text subtracts each column's mean and divides by its standard deviation.
    """

    x: tuple[float, ...]
    y: tuple[float, ...]
    names: tuple[str, str] = ("x", "y")
    standardised: bool = False


def from_table(rows: Sequence[Mapping[str, object]]) -> Points:
    """Read the rows of an edited table with the columns ``x`` and ``y``.

    Raises:
        ValueError: in a sentence that names the row and the column, from 1.
    """
    cells = [(n, row.get("x"), row.get("y")) for n, row in enumerate(rows, 1)]
    return points_from([row for row in cells if not (_empty(row[1]) and _empty(row[2]))])


def points_from(
    rows: Sequence[tuple[int, object, object]], names: tuple[str, str] = ("x", "y")
) -> Points:
    """The rows ``(number, x, y)`` as points; ``names`` are those of the columns.

    Raises:
        ValueError: in a sentence that names the row and the column.
    """
    if len(rows) > MAX_ROWS:
        raise ValueError(f"there are more than {MAX_ROWS:,} rows, which is the most.")
    x = tuple(_cell(n, names[0], value) for n, value, _ in rows)
    y = tuple(_cell(n, names[1], value) for n, _, value in rows)
    if len(rows) < 2:
        raise ValueError(f"a line needs at least 2 points, and there are {len(rows)}.")
    if len(set(x)) == 1:
        raise ValueError(
            f"all x are {x[0]:g} ({_titled(names[0])}, rows {rows[0][0]} to {rows[-1][0]}): every "
            "slope fits equally well. Give at least one point another x."
        )
    return Points(x, y, names)


def _cell(row: int, column: str, value: object) -> float:
    where = f"row {row}, {_titled(column)}"
    if _empty(value):
        raise ValueError(f"{where} is empty; write a number or delete the row.")
    parsed = _number(value)
    if parsed is None:
        shown = str(value).strip()
        shown = shown if len(shown) <= 20 else shown[:17] + "..."
        raise ValueError(f"{where} holds «{shown}», which is no number (write 1.5, not 1,5).")
    if abs(parsed) > MAX_NUMBER:
        raise ValueError(
            f"{where} holds {parsed:g}; from −{MAX_NUMBER:g} to {MAX_NUMBER:g} is allowed. Give it "
            "in a larger unit."
        )
    return parsed


def _titled(name: str) -> str:
    return name if name.startswith("column ") else f"column {name}"


def _empty(value: object) -> bool:
    is_nan = isinstance(value, float) and math.isnan(value)
    return value is None or is_nan or not str(value).strip()


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
    told = [line for line in lines if line.startswith('print(f"The data was made')]
    back = _TOLD_BACK if points.standardised else ""
    new = (_rows(points) if inside else _READING) + _taken(points)
    if lesson.settings["begin"] == "random":
        new += _DRAWING
    changes = ((drawn, new), *((line, "") for line in dropped), *((line, back) for line in told))
    edit = Edit("own", "Your own points", changes)
    parameter = Parameter("data", "drawn", "where the points come from", options=("drawn", "own"))
    choices = {**lesson.choices, "data": Choice(parameter, {"own": edit})}
    files = {} if inside else {FILE: to_csv(points)}
    return replace(lesson, choices=choices, files=files).set(data="own")


_READING = f"""# Your own points, from the file beside this script: x and y in each row
with open("{FILE}") as file:
    rows = [[float(cell) for cell in line.split(",")] for line in file]
rows = torch.tensor(rows, dtype=torch.float64)
"""

_TAKEN = """\
X, y_true = rows[:, :1].float(), rows[:, 1:].float()
X, y_true = X.to(device), y_true.to(device)"""

_DRAWING = """

# What draws the start
generator = torch.Generator().manual_seed(seed)"""

_STANDARDISED = """
# Standardised: each column minus its mean, over its standard deviation
mean, std = rows.mean(0), rows.std(0)
std[std == 0] = 1
rows = (rows - mean) / std
"""

_TOLD_BACK = """
# Back in the data's own units: there y is (w * (x - mean x) / std x + b) * std y + mean y
slope = w.item() * std[1].item() / std[0].item()
intercept = mean[1].item() + b.item() * std[1].item() - slope * mean[0].item()
print(f"In the data's own units: w: {slope:.6g}, b: {intercept:.6g}")
"""


def _taken(points: Points) -> str:
    return (_STANDARDISED if points.standardised else "") + _TAKEN


def _rows(points: Points) -> str:
    pairs = [f"[{x!r}, {y!r}]" for x, y in zip(points.x, points.y, strict=True)]
    rows = [", ".join(pairs[n : n + 4]) for n in range(0, len(pairs), 4)]
    listed = "".join(f"    {row},\n" for row in rows)
    names = "x and y" if points.names == ("x", "y") else "x is {}, y is {}".format(*points.names)
    return f"# Your own points: {names}\nrows = torch.tensor([\n{listed}], dtype=torch.float64)\n"


def to_csv(points: Points) -> str:
    """``points`` as rows of x and y, unrounded."""
    return "".join(f"{x!r},{y!r}\n" for x, y in zip(points.x, points.y, strict=True))


def taken(points: Points) -> tuple[list[float], list[float]]:
    """The x and y that a lesson makes of ``points``: its float32s, standardised or not."""
    rows = torch.tensor([points.x, points.y], dtype=torch.float64)
    if points.standardised:
        std = rows.std(1, keepdim=True)
        std[std == 0] = 1
        rows = (rows - rows.mean(1, keepdim=True)) / std
    x, y = rows.float().tolist()
    return x, y


def same(points: Points | None, x: Sequence[float], y: Sequence[float]) -> bool:
    """Whether ``x`` and ``y`` are what a lesson makes of ``points``."""
    return points is not None and (list(x), list(y)) == taken(points)
