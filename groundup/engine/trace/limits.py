"""What a trace may use, and how long loops are kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TraceLimits:
    """What a trace may use.

    Where ``moments`` or ``bytes`` (about so many, as plain data) are reached, long loops are
    thinned: their first and last ``passes`` stay whole, and every k-th between, k doubling as often
    as it must. Where nothing is left to thin, or after ``seconds`` of its own turns, the trace
    stops, and after so many ``statements``. Calls deeper than ``depth`` are executed and not
    recorded. It may print so many ``characters``, and of each frame so many ``names`` are looked
    at.
    """

    statements: int = 10_000_000
    moments: int = 5_000
    bytes: int = 1_500_000
    seconds: float = 10.0
    depth: int = 50
    characters: int = 100_000
    passes: int = 10
    names: int = 200


class Stopped(BaseException):
    """The trace reached a limit; its words go on after "the trace was ended: ".

    No ``Exception``: a text that catches all of those would go on for ever.
    """


def moments_reached(limits: TraceLimits) -> str:
    """Why a trace ends that has as many moments as it may, and no long loop to thin."""
    return f"it had recorded {limits.moments:,} statements"


def bytes_reached(limits: TraceLimits) -> str:
    """Why a trace ends that is as large as it may be."""
    return f"it had recorded {limits.bytes:,} bytes"


def statements_reached(limits: TraceLimits) -> str:
    """Why a trace ends that executed as many statements as it may."""
    return f"it had executed {limits.statements:,} statements"


def seconds_reached(limits: TraceLimits) -> str:
    """Why a trace ends that took as long as it may."""
    return f"it had run for {limits.seconds:g} seconds"


def deeper(limits: TraceLimits) -> str:
    """What is said where calls were deeper than is recorded."""
    return f"Calls that are more than {limits.depth} deep were executed and not recorded."


def thinned(count: int, kept: int, ends: int, stride: int) -> str:
    """What is said where long loops were thinned, the longest to every ``stride``-th pass."""
    passes = "pass" if ends == 1 else f"{ends} passes"
    return (
        f"{count:,} statements were executed, and {kept:,} are kept. Of each long loop these are "
        f"the first and last {passes}, and at least one in {stride:,} of the others."
    )


def more_names(limits: TraceLimits) -> str:
    """What is said where a frame has more names than are looked at."""
    return f"A frame has more than {limits.names} names: the first of them are shown."


def hidden_names(name: str) -> str:
    """What is said of a function whose names are not read."""
    return f"The names inside {name} are not shown, because it looks at its own names itself."
