"""A table in a file, as programs and people write it: read, and its columns of numbers found.

Nothing is guessed in silence: what was taken for a name, a mark or a date stands in the notes, and
a cell that holds no number stays a hole, which the learner may leave out together with its row.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import math
import re
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from groundup.training import cells
from groundup.training.column_names import MAX_NAMES, parted
from groundup.training.own_data import MAX_ROWS, Points, points_from

MAX_BYTES = 1_000_000
MAX_COLUMNS = 200
_MARKS = ";\t|, "
"""What may stand between two cells; where several would do, the earlier one is it."""

_LOOK_AT = 50
"""So many lines say which mark it is."""


@dataclass(frozen=True)
class Column:
    """A column with numbers: ``numbers`` has a NaN where a cell holds none.

    ``unit`` says what the numbers count where the cells held something else (dates), ``notes`` how
    cells were read, ``holes`` what some of the cells without a number held, by index.
    """

    name: str
    numbers: array[float]
    unit: str
    notes: tuple[str, ...]
    holes: dict[int, str]

    @property
    def counts_rows(self) -> bool:
        """Whether it only numbers the rows, as programs do that save an index."""
        name = self.name.lower()
        if name in {"index", "id", "nr", "no", "#"}:
            return True
        ahead = {b - a for a, b in itertools.pairwise(self.numbers)}
        nameless = name.startswith(("unnamed", "column "))
        return nameless and self.numbers[0] in (0, 1) and ahead == {1}


@dataclass(frozen=True)
class TableFile:
    """A file's columns with numbers; ``lines`` says in which line of the file each row ends."""

    columns: tuple[Column, ...]
    lines: array[int]
    notes: tuple[str, ...]

    def suggested(self) -> tuple[int, int]:
        """Two columns to begin with: the first and the last, but a count of rows only if needed."""
        real = [n for n, column in enumerate(self.columns) if not column.counts_rows]
        return (real[0], real[-1]) if len(real) > 1 else (0, len(self.columns) - 1)

    def left_out(self, x: int, y: int) -> list[str]:
        """A sentence for each row that has no number in one of the columns ``x`` and ``y``."""
        said = []
        for row, line in enumerate(self.lines):
            for column in (self.columns[x], self.columns[y]):
                if math.isnan(column.numbers[row]):
                    held = column.holes.get(row)
                    what = f"holds «{held}»" if held else "is empty or holds no number"
                    said.append(f"line {line}: {column.name} {what}")
                    break
        return said

    def points(self, x: int, y: int) -> Points:
        """The rows that have a number in both columns, as points.

        Raises:
            ValueError: in a sentence, where these make no line.
        """
        across, up = self.columns[x], self.columns[y]
        rows = zip(self.lines, across.numbers, up.numbers, strict=True)
        whole = [row for row in rows if not (math.isnan(row[1]) or math.isnan(row[2]))]
        return points_from(whole, (across.name, up.name))


def read(raw: bytes) -> TableFile:
    """The table in the file ``raw``.

    Raises:
        ValueError: in a sentence that says what to do, where there is none, or too much of it.
    """
    if len(raw) > MAX_BYTES:
        raise ValueError(
            f"the file has {len(raw) / 1e6:,.1f} MB; {MAX_BYTES / 1e6:g} MB is the most."
        )
    text, notes = _decoded(raw)
    mark, text = _announced(text)
    mark = mark or _mark(text)
    parts = parted(_rows(text, mark))
    rows = parts.rows
    if not rows:
        raise ValueError("the file is empty: give it two columns of numbers.")
    width = max(len(row) for _, row in rows)
    if width > MAX_COLUMNS:
        raise ValueError(f"the file has {width:,} columns, and {MAX_COLUMNS} is the most.")
    columns = [
        _column(n, parts.names, [row[n] if n < len(row) else "" for _, row in rows], mark)
        for n in range(width)
    ]
    found = tuple(column for column in columns if column)
    if len(found) < 2:
        raise ValueError(
            f"{len(found) or 'none'} of its {len(columns)} columns "
            f"{'holds' if len(found) == 1 else 'hold'} numbers; a line needs two, x and y."
        )
    return TableFile(found, array("q", (line for line, _ in rows)), (*notes, *parts.notes))


def _decoded(raw: bytes) -> tuple[str, list[str]]:
    """The text, whatever it was written in, and a note where that was guessed."""
    if raw.startswith(b"PK\x03\x04"):
        raise ValueError("the file is a workbook or a .zip: save the sheet as CSV, and drop that.")
    tries = ["utf-8-sig", "cp1252"]
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tries = ["utf-16"]
    elif raw[1:200:2].count(0) > 40:
        tries = ["utf-16-le"]
    for encoding in tries:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return text, [] if encoding == "utf-8-sig" else [f"The file was read as {encoding}."]
    raise ValueError("the file is no text; save it as CSV (UTF-8).")


def _announced(text: str) -> tuple[str, str]:
    """The mark that Excel's first line ``sep=;`` announces, and the text with that line emptied."""
    first, end, rest = text.partition("\n")
    found = re.fullmatch(r'"?sep=(.)"?\r?', first)
    return (found[1], end + rest) if found else ("", text)


def _mark(text: str) -> str:
    """The mark with which most lines have the same number of cells, two at least."""
    sample = "\n".join(itertools.islice((ln for ln in text.splitlines() if ln.strip()), _LOOK_AT))
    shares = {mark: _share(sample, mark) for mark in _MARKS}
    best = max(shares.values())
    return next(mark for mark in _MARKS if shares[mark] == best) if best else ","


def _share(sample: str, mark: str) -> float:
    try:
        widths = [len(row) for _, row in _rows(sample, mark)]
    except ValueError:
        return 0.0
    width, count = Counter(widths).most_common(1)[0] if widths else (0, 0)
    return count / len(widths) if width > 1 else 0.0


def _rows(text: str, mark: str) -> list[tuple[int, list[str]]]:
    """Each row that is not empty, with the number of its line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, skipinitialspace=True)
    filled = ((reader.line_num, row) for row in reader if any(cell.strip() for cell in row))
    try:
        # One more than may be: a longer file is not held in memory.
        rows = list(itertools.islice(filled, MAX_ROWS + MAX_NAMES + 1))
    except csv.Error as error:
        raise ValueError(f"the file cannot be read as CSV: {error}.") from error
    return rows


def _column(n: int, names: Sequence[str], texts: list[str], mark: str) -> Column | None:
    """The column ``n`` as numbers; None if it holds too few."""
    name = names[n] if n < len(names) and names[n] else f"column {n + 1}"
    found = cells.numbers(texts, mark) or cells.days(texts)
    if found is None:
        return None
    holes = {row: cells.label(texts[row]) for row, v in enumerate(found.values) if v is None}
    return Column(
        name,
        array("d", (float("nan") if v is None else v for v in found.values)),
        found.unit,
        found.notes,
        dict(itertools.islice(((r, t) for r, t in holes.items() if t), 20)),
    )
