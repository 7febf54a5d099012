"""What a learner's text may use, and how it is told that it cannot go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from groundup.engine.trace import TraceLimits

ENTRIES = 10_000
"""How many things a list, a tuple, a dict or a set may hold."""
STRING = 10_000
WIDTH = 1_000
"""How many characters a string may have."""
BITS = 64
"""So many bits a whole number may have, its sign beside them."""
NESTED = 100_000
"""So many things are looked at, at the most, where nested lists are compared, copied or printed."""
DEEP = 50
"""So deep lists may hold one another where they are compared, copied or printed."""
PASSED = 2_000_000
"""So many things a generator may hand to one function."""
STATEMENTS = 200_000
SECONDS = 5.0
OUTPUT = 20_000
LIVE_BYTES = 64 * 2**20
"""What all tensors that are alive may hold together, what backward() needs of them included."""
TEMPORARY_BYTES = 64 * 2**20
"""What one operation may hold while it computes."""
OPERATION_SECONDS = 0.5
"""About so long one operation may take: it cannot be interrupted."""
GROWTH = 110 * 2**20
"""So much the process may grow while a text has its turns, whatever it is that grows."""

LIMITS = TraceLimits(seconds=SECONDS, characters=OUTPUT, statements=STATEMENTS)

Stop = Callable[[str], NoReturn]
"""Ends the text for good; the words go on after "the trace was ended: line 3 "."""


def many(count: float) -> str:
    """A number in words: ``12,000``, or ``about 1e+12`` where it is very long."""
    return f"{count:,.0f}" if count < 10**12 else f"about {count:.0e}"


def entries(count: float, kind: str = "list") -> str:
    """What is said of a list that is too long."""
    return f"makes a {kind} of {many(count)} entries; {ENTRIES:,} are the most: use fewer"


def characters(count: float) -> str:
    """What is said of a string that is too long."""
    return f"makes a string of {many(count)} characters; {STRING:,} are the most: use fewer"


def widths(count: float) -> str:
    """What is said of a format that fills up a value with blanks or digits."""
    return f"formats a value with {many(count)} characters; {WIDTH:,} are the most: use fewer"


def written() -> str:
    """What is said of a value that is long to write."""
    return f"writes a value of more than {2 * OUTPUT:,} characters: write a part of it"


def bits() -> str:
    """What is said of an integer that is too large."""
    return f"makes a whole number of more than {BITS} bits: use smaller ones, or a float"


def nested() -> str:
    """What is said of lists in lists that are too many to walk through."""
    return (
        f"goes through lists within lists of more than {NESTED:,} things, or more than {DEEP} deep:"
        " use fewer, or less deep ones"
    )


def passed() -> str:
    """What is said of a generator that does not end."""
    return f"goes through more than {PASSED:,} things at once: use fewer, or a tensor"


def grown() -> str:
    """What is said where the process grew, for whatever reason."""
    return "keeps more than there is room for here: keep fewer things, or smaller ones"


def too_deep() -> str:
    """What is said of functions that call themselves without an end."""
    return "calls functions within functions deeper than Python goes: let the recursion end sooner"


def live(count: float, alive: float) -> str:
    """What is said of a tensor for which there is no room."""
    beside = f", beside {_megabytes(alive)} MB that are in use" if alive > 2**19 else ""
    most = _megabytes(LIVE_BYTES)
    return f"needs {_megabytes(count)} MB{beside}; {most} MB are the most: make the tensors smaller"


def temporary(name: str, count: float) -> str:
    """What is said of an operation that needs too much while it computes."""
    return (
        f"needs {_megabytes(count)} MB while {name} computes; "
        f"{_megabytes(TEMPORARY_BYTES)} MB are the most: make the tensors smaller"
    )


def slow(name: str, seconds: float) -> str:
    """What is said of an operation that would take too long."""
    took = f"{seconds:.1f}" if seconds < 1000 else f"{seconds:.0e}"
    return (
        f"asks {name} for about {took} seconds of computing; "
        f"{OPERATION_SECONDS:g} are the most for one operation: make the tensors smaller"
    )


def _megabytes(count: float) -> str:
    value = count / 2**20
    return f"{value:,.0f}" if value < 10**9 else f"{value:.0e}"
