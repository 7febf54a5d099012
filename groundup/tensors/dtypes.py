"""What each dtype can hold: rows to show, from what a lesson's run computed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from groundup.engine.snapshot import number


@dataclass(frozen=True)
class Nudge:
    """A nudge in one dtype: ``moved`` is how far the stored number went, ``share`` of the wish.

    ``asked`` is the first of the two numbers that does not fit the dtype and ``misfit`` how that is
    stored (:func:`misfit`); ``moved`` and ``share`` are then NaN.
    """

    dtype: str
    bytes: int
    before: float
    after: float
    moved: float
    share: float
    asked: float = math.nan
    misfit: str = ""

    @property
    def outcome(self) -> str:
        """``as asked``, ``not as asked``, ``did not move`` or ``does not fit``."""
        if self.misfit:
            return "does not fit"
        if self.moved == 0:
            return "did not move"
        return "as asked" if abs(self.share - 1) < 1e-3 else "not as asked"

    @property
    def verdict(self) -> str:
        """In words, with a sign: the numbers beside it say how much."""
        return {
            "as asked": "✓ moved",
            "not as asked": f"≈ moved {number(self.share, 3)} times as far",
            "did not move": "✗ vanished",
            "does not fit": f"✗ {digits(self.asked)} does not fit",
        }[self.outcome]


def nudges(variables: Mapping[str, Any]) -> list[Nudge]:
    """One :class:`Nudge` for each dtype of the lesson ``nudge``."""
    wish, value = variables["nudge"], variables["value"]
    rows = []
    for name in variables["names"]:
        before, after = variables["before"][name], variables["after"][name]
        size = variables["bytes_each"][name]
        for asked, became in ((value, before), (value + wish, after)):
            if how := misfit(name, asked, became):
                nan = math.nan
                rows.append(Nudge(name, size, before, after, nan, nan, asked, how))
                break
        else:
            moved = after - before
            rows.append(Nudge(name, size, before, after, moved, moved / wish))
    return rows


WRAPS, ENDLESS, NO_NUMBER, STOPS, TRUE, NO_SIGN = (
    "wraps around", "∞", "NaN", "stops at its end", "True", "neither sign nor 0",
)  # fmt: skip
"""The ways in which a dtype stores a number that does not fit it."""


def misfit(dtype: str, asked: float, stored: float) -> str:
    """How ``dtype`` stored the number ``asked`` that lies beyond its range; empty if it fits.

    A number fits if it lies between the dtype's smallest and largest, or is rounded to one of them:
    to the nearest in a float, towards 0 in an integer.
    """
    low, high, below, above = _reach(dtype)
    rounded = 0 < low - asked < below or 0 < asked - high < above
    if math.isfinite(stored) and (low <= asked <= high or rounded):
        return ""
    if math.isnan(stored):
        return NO_NUMBER
    if math.isinf(stored):
        return ENDLESS
    if dtype == "bool":
        return TRUE
    if not getattr(torch, dtype).is_floating_point:
        return WRAPS
    return STOPS if abs(stored) == high else NO_SIGN


_SAME_SIZE = {1: torch.uint8, 2: torch.int16, 4: torch.int32, 8: torch.int64}


def _reach(dtype: str) -> tuple[float, float, float, float]:
    """The smallest and largest number, and how far beyond each a number is rounded to it."""
    if dtype == "bool":
        return 0.0, 1.0, 0.0, 0.0
    kind = getattr(torch, dtype)
    if not kind.is_floating_point:
        info = torch.iinfo(kind)
        return info.min, info.max, 1.0, 1.0
    limits = torch.finfo(kind)
    largest = torch.tensor(limits.max, dtype=torch.float64).to(kind)
    # Not from torch's eps, which is half of the true one for float8_e5m2fnuz.
    bits = largest.view(_SAME_SIZE[largest.element_size()])
    half = (limits.max - (bits - 1).view(kind).double().item()) / 2
    return limits.min, limits.max, half if limits.min < 0 else 0.0, half


_MISFITS = {
    WRAPS: ("begins again at its first number", "begin again at their first number"),
    ENDLESS: ("stores ∞", "store ∞"),
    NO_NUMBER: ("has no ∞ and stores NaN", "have no ∞ and store NaN"),
    STOPS: ("stops at its end", "stop at their ends"),
    TRUE: ("keeps only whether it is 0", ""),
    NO_SIGN: ("has neither a sign nor a 0", ""),
}


def about_misfits(seen: Sequence[Nudge]) -> str:
    """What becomes of the numbers that do not fit, each way with its dtypes; empty if all fit."""
    said = []
    for kind, (one, several) in _MISFITS.items():
        names = [f"`{n.dtype}`" for n in seen if n.misfit == kind]
        if names:
            said.append(f"{', '.join(names)} {several if names[1:] else one}")
    return f"What does not fit: {'; '.join(said)}." if said else ""


def nudge_rows(nudges_seen: list[Nudge]) -> list[dict[str, str]]:
    """The table beside the picture."""
    return [
        {
            "dtype": n.dtype,
            "bytes": str(n.bytes),
            "stored before": digits(n.before),
            "stored after": digits(n.after),
            "moved by": "—" if n.misfit else number(n.moved),
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
            "to the next number": _next_number(variables, name),
            "epsilon": number(variables["info"][name].eps),
            "largest": number(variables["info"][name].max),
        }
        for name in variables["names"]
    ]


def _next_number(variables: Mapping[str, Any], name: str) -> str:
    stored = variables["stored"][name]
    if misfit(name, variables["value"], stored):
        return "✗ does not fit"
    if stored == variables["info"][name].max:
        return "none: the largest"
    return number(variables["spacing"][name])


MILLION = 1_000_000


def about_updates(update: float, ends: Mapping[str, float]) -> list[str]:
    """Why a weight of 1 that a million updates were added to ended where it did, for each dtype.

    ``ends`` maps the dtypes' names to where it ended.
    """
    return [_about_updates(update, name, end) for name, end in ends.items()]


def _about_updates(update: float, name: str, end: float) -> str:
    dtype = getattr(torch, name)
    gap = torch.finfo(dtype).eps
    moved = _moved(update, 1.0, dtype)
    said = f"**{name}**: next to 1 its numbers are {number(gap)} apart, and an update is "
    said += f"{number(update / gap, 3)} of these distances"
    if moved == 0:
        return f"{said}: less than half, so every single one is rounded away."
    said += f". Each is rounded to {number(moved / gap, 3)}, which is {number(moved)}"
    if end == 1 + MILLION * moved:
        return f"{said}; a million of them are {MILLION * moved:.7g}."
    if end < 2:
        return f"{said}."
    then = number(_moved(update, end, dtype))
    return (
        f"{said}. From 2 on they lie farther apart: where it ended, an update moves it by {then}."
    )


def _moved(update: float, weight: float, dtype: torch.dtype) -> float:
    """How far one update moves ``weight`` in ``dtype``."""
    before, step = torch.tensor([weight, update], dtype=dtype)
    return float((before + step).double() - before.double())


def about_guess(name: str, guess: float | None, end: float) -> str:
    """What was guessed beside what came; empty if nothing was."""
    if guess is None:
        return ""
    if abs(guess - end) <= 5e-4 * abs(end):
        return f"Your guess for {name}, {guess:.7g}, is right."
    return f"Your guess for {name} was {guess:.7g}; it is {end:.7g}."


def promotion_table(variables: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """The operands, and ``table[row][column]``: the dtype of row's operand with column's."""
    names = list(variables["operands"])
    results = variables["results"]
    short = {pair: dtype.removeprefix("torch.") for pair, dtype in results.items()}
    return names, [[short[left, right] for right in names] for left in names]


_STRONGER = (
    "The stronger kind wins: bool, then whole numbers, then floats. A Python number or a 0-D "
    "tensor of no stronger kind changes nothing, so `x {} 1.0` leaves a float16 x in float16. Of a "
    "stronger kind, a 0-D tensor brings its own dtype, and a Python number the default one."
)


def promotion_rule(operation: str) -> str:
    """What decides the dtype that ``operation`` (``+``, ``/``, ``//`` or ``==``) gives."""
    if operation == "==":
        return "A comparison gives bool, for every pair that torch compares."
    division = " Without a float among them, a division gives the default float."
    return _STRONGER.format(operation) + division * (operation == "/")
