"""Numbers that a person can read: a few digits, and the unit that suits."""

from __future__ import annotations

import math

_UNITS = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand"))


def count_in_words(count: float) -> str:
    """``count`` to four significant digits: ``8.03 billion``, ``117.5 million``, ``193``."""
    for size, unit in _UNITS:
        if count >= size:
            return f"{count / size:.4g} {unit}"
    return f"{count:.4g}"


_BINARY = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")


def bytes_in_words(size: float) -> str:
    """``size`` in the unit of 1024 that suits it: ``14.96 GiB``."""
    power = min(int(math.log(size, 1024)), len(_BINARY) - 1) if size >= 1 else 0
    return f"{size / 1024**power:.4g} {_BINARY[power]}"


_TIMES = ((365.25 * 86400, "years"), (86400, "days"), (3600, "hours"), (60, "minutes"), (1, "s"))


def time_in_words(seconds: float) -> str:
    """``seconds`` in the unit that suits it: ``3.2 hours``, ``14 ms``."""
    for size, unit in _TIMES:
        if seconds >= 2 * size or (unit == "s" and seconds >= 1):
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e3:.3g} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.3g} µs"


def length_in_words(metres: float) -> str:
    """``metres`` in the unit that suits it: ``63.4 m``, ``12.4 km``, ``4.7 µm``."""
    for size, unit in ((1e3, "km"), (1, "m"), (1e-2, "cm"), (1e-3, "mm"), (1e-6, "µm")):
        if metres >= size:
            return f"{metres / size:.3g} {unit}"
    return f"{metres * 1e9:.3g} nm"
