"""What each dtype can hold: rows to show, from what a lesson's run computed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from groundup.engine.snapshot import number


@dataclass(frozen=True)
class Nudge:
    """A nudge in one dtype: ``moved`` is how far the stored number went, ``share`` of the wish."""

    dtype: str
    bytes: int
    before: float
    after: float
    moved: float
    share: float

    @property
    def verdict(self) -> str:
        """In words, with a sign: the numbers beside it say how much."""
        if not math.isfinite(self.moved):
            return "✗ does not fit"
        if self.moved == 0:
            return "✗ vanished"
        off = abs(self.share - 1)
        if off < 1e-3:
            return "✓ moved"
        return f"≈ moved {number(self.share, 3)} times as far"


def nudges(variables: Mapping[str, Any]) -> list[Nudge]:
    """One :class:`Nudge` for each dtype of the lesson ``nudge``."""
    wish = variables["nudge"]
    rows = []
    for name in variables["names"]:
        before, after = variables["before"][name], variables["after"][name]
        moved = after - before
        rows.append(Nudge(name, variables["bytes_each"][name], before, after, moved, moved / wish))
    return rows


def nudge_rows(nudges_seen: list[Nudge]) -> list[dict[str, str]]:
    """The table beside the picture."""
    return [
        {
            "dtype": n.dtype,
            "bytes": str(n.bytes),
            "stored before": digits(n.before),
            "stored after": digits(n.after),
            "moved by": number(n.moved),
            "": n.verdict,
        }
        for n in nudges_seen
    ]


def digits(value: float) -> str:
    """``value`` with all the digits that tell it from its neighbours in float32; NaN, ∞ by name."""
    if not math.isfinite(value):
        return number(value)
    return f"{value:.9g}".replace("-", "−")


def range_rows(variables: Mapping[str, Any]) -> list[dict[str, str]]:
    """Bytes, range and epsilon of each dtype of the lesson ``ranges``."""
    columns = ("smallest", "largest", "epsilon", "least")
    return [
        {"dtype": name, "bytes": str(variables["bytes_each"][name])}
        | {column: _limit(variables[column].get(name)) for column in columns}
        for name in variables["names"]
    ]


def _limit(value: int | float | None) -> str:
    """A limit in full if it is a whole number; nothing to say where there is none, as for bool."""
    if value is None:
        return "—"
    return number(value) if isinstance(value, float) else f"{value:,}".replace("-", "−")


def spacing_rows(variables: Mapping[str, Any]) -> list[dict[str, str]]:
    """What each float dtype stores for the value, and how far the next number is."""
    return [
        {
            "dtype": name,
            "stores": digits(variables["stored"][name]),
            "next number is away": number(variables["spacing"][name]),
            "epsilon": number(variables["info"][name].eps),
            "largest": number(variables["info"][name].max),
        }
        for name in variables["names"]
    ]


def promotion_table(variables: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """The operands, and ``table[row][column]``: the dtype of row's operand with column's."""
    names = list(variables["operands"])
    results = variables["results"]
    short = {pair: dtype.removeprefix("torch.") for pair, dtype in results.items()}
    return names, [[short[left, right] for right in names] for left in names]
