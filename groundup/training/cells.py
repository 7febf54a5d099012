"""What a cell of a table holds: a number in one of the ways to write it, a date, or nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

MISSING = {"", "?", "-", "--", ".", "na", "n/a", "n.a.", "#n/a", "nan", "null", "none", "missing"}
"""What people and programs write where there is no number."""

_DIGITS = re.compile(r"\d\d")
_SIGNS = str.maketrans({"−": "-", **dict.fromkeys("$€£¥%", "")})
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f'](?=\d{3}(?!\d))")
_POINTED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d*)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")

_DATES = (
    *("ISO", "%Y-%m", "%Y/%m/%d", "%d.%m.%Y", "%d.%m.%Y %H:%M", "%d.%m.%y"),
    *("%m/%d/%Y", "%d/%m/%Y", "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M", "%m/%d/%y", "%d/%m/%y"),
    *("%d %b %Y", "%b %d, %Y", "%b %Y", "%d-%b-%Y"),
)
"""How a day is written (ISO 8601 in all its forms); where several would do, the earlier one."""

_LOOK_AT = 40
"""So many cells say in which way the days of a column are written."""


@dataclass(frozen=True)
class Found:
    """A column's numbers, None where a cell holds none; their unit, and how they were read."""

    values: list[float | None]
    unit: str = ""
    notes: tuple[str, ...] = ()


def label(text: str, longest: int = 30) -> str:
    """``text`` in one line of printable characters, so that it may stand in a comment or a cell."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return plain if len(plain) <= longest else f"{plain[: longest - 3]}..."


def is_value(text: str) -> bool:
    """Whether the cell holds a number or a date, in any way of writing it."""
    either = number(text) is not None or number(text, comma=True) is not None
    return either or _format([text]) != ""


def number(text: str, *, comma: bool = False) -> float | None:
    """The number in the cell ``text``, with a decimal comma or a decimal point; None if none."""
    plain = _SPACED.sub("", text.translate(_SIGNS).strip())
    if plain.startswith("(") and plain.endswith(")"):
        # So do accountants write what is below zero.
        plain = f"-{plain[1:-1]}"
    if comma and _POINTED.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif comma:
        # A point in no group of three: nobody can say what it means beside decimal commas.
        plain = plain.replace(".", "?").replace(",", ".")
    elif _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    value = float(plain) if _NUMBER.fullmatch(plain) else math.nan
    return value if math.isfinite(value) else None


def numbers(texts: Sequence[str], mark: str) -> Found | None:
    """The cells as numbers, if at least two and half of those that hold anything are some."""
    comma = _decimal_comma(texts, mark)
    values = [number(text, comma=comma) for text in texts]
    if not _enough(values, texts):
        return None
    notes = []
    if comma:
        example = next(t for t in texts if "," in t and number(t, comma=True) is not None)
        notes.append(f"Commas are decimal: {label(example)} is {number(example, comma=True):.15g}.")
    elif grouped := next((t for t in texts if "," in t and number(t) is not None), ""):
        notes.append(f"Commas part thousands: {label(grouped)} is {number(grouped):,.15g}.")
    if signed := next((t for t in texts if re.search("[$€£¥%]", t) and number(t, comma=comma)), ""):
        notes.append(f"Signs are left out: {label(signed)} is {number(signed, comma=comma):.15g}.")
    return Found(values, "", tuple(notes))


def _decimal_comma(texts: Sequence[str], mark: str) -> bool:
    """Whether commas in these cells stand before decimals, and not between thousands.

    That is so where another mark parts the cells, or where they are not in groups of three; a
    comma before a point (1,234.5) parts thousands.
    """
    commas = [text for text in texts if re.search(r"\d,\d", text)]
    if not commas or any(re.search(r"\d,\d{3}\.\d", text) for text in commas):
        return False
    points = any(re.search(r"\d\.\d", text) and "," not in text for text in texts)
    grouped = all(re.search(r"\d,\d{3}(?!\d)", text) for text in commas)
    return not (grouped and (points or mark == ","))


def days(texts: Sequence[str]) -> Found | None:
    """The cells as days since the first of them, if they are dates; None if not."""
    written = _format([text for text in texts if not is_missing(text)][:_LOOK_AT])
    if not written:
        return None
    moments = [_moment(text, written) for text in texts]
    first = min(moment for moment in moments if moment)
    values = [(m - first).total_seconds() / 86_400 if m else None for m in moments]
    if not _enough(values, texts):
        return None
    notes = (f"Dates are read as {_spelled(written)}.",) if "/" in written else ()
    return Found(values, f"days since {first:%Y-%m-%d}", notes)


def _format(texts: Sequence[str]) -> str:
    """The way to write a day in which most of ``texts``, and half at least, are written."""
    read = {written: sum(_moment(t, written) is not None for t in texts) for written in _DATES}
    best = max(read.values())
    return (
        next((w for w in _DATES if read[w] == best), "") if 2 * best >= max(len(texts), 1) else ""
    )


def _moment(text: str, written: str) -> datetime | None:
    if not _DIGITS.search(text):
        return None
    try:
        if written == "ISO":
            moment = datetime.fromisoformat(text.strip())
            return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
        return datetime.strptime(text.strip(), written)
    except (ValueError, OverflowError):
        return None


def _spelled(written: str) -> str:
    words = {"%m": "month", "%d": "day", "%Y": "year", "%y": "year"}
    return "/".join(words[part] for part in written.split(maxsplit=1)[0].split("/"))


def _enough(values: Sequence[float | None], texts: Sequence[str]) -> bool:
    held = sum(not is_missing(text) for text in texts)
    known = sum(value is not None for value in values)
    return known > 0 and 2 * known >= held


def is_missing(text: str) -> bool:
    """Whether the cell says that there is no number."""
    return text.strip().lower() in MISSING
