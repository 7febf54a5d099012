"""Numbers that a person can read: a few digits, and the unit that suits."""

from __future__ import annotations

from collections.abc import Iterable

_UNITS = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand"))


def _in_unit(value: float, units: Iterable[tuple[float, str]], digits: int) -> str:
    """``value`` in the first of ``units`` of which there is at least one, as it is shown.

    What counts is the rounded number: 999,999 is 1 million, and not 1000 thousand. Where it is less
    than one of every unit, the last one is taken.
    """
    shown = ""
    for size, unit in units:
        digits_shown = f"{value / size:.{digits}g}"
        shown = f"{digits_shown} {unit}"
        if float(digits_shown) >= 1:
            break
    return shown


def count_in_words(count: float) -> str:
    """``count`` to four significant digits: ``8.03 billion``, ``117.5 million``, ``193``."""
    return _in_unit(count, (*_UNITS, (1, "")), 4).rstrip()


_BINARY = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")


def bytes_in_words(size: float) -> str:
    """``size`` in the unit of 1024 that suits it: ``14.96 GiB``."""
    units = [(1024.0**power, name) for power, name in enumerate(_BINARY)]
    return _in_unit(size, reversed(units), 4)


_LONG = ((365.25 * 86400, "years"), (86400, "days"), (3600, "hours"), (60, "minutes"))
_SHORT = ((1, "s"), (1e-3, "ms"), (1e-6, "µs"))


def time_in_words(seconds: float) -> str:
    """``seconds`` in the unit that suits it: ``3.2 hours``, ``14 ms``; long ones from two on."""
    for size, unit in _LONG:
        if float(f"{seconds / size:.3g}") >= 2:
            return f"{seconds / size:.3g} {unit}"
    return _in_unit(seconds, _SHORT, 3)


_LENGTHS = ((1e3, "km"), (1, "m"), (1e-2, "cm"), (1e-3, "mm"), (1e-6, "µm"), (1e-9, "nm"))


def length_in_words(metres: float) -> str:
    """``metres`` in the unit that suits it: ``63.4 m``, ``12.4 km``, ``4.7 µm``."""
    return _in_unit(metres, _LENGTHS, 3)
