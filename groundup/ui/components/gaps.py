"""The pieces of a text between which a learner writes; ``editor/gaps.js`` knows them too."""

from __future__ import annotations

from collections.abc import Sequence

_OPEN = "\0"


def pieces(lines: Sequence[str], is_open: Sequence[bool]) -> tuple[str, ...]:
    """What stays of ``lines``, in order: a piece before and after each run of open ones.

    Lines that are all open have no pieces.
    """
    if all(is_open):
        return ()
    shown = [_OPEN if on else line for line, on in zip(lines, is_open, strict=True)]
    first = [n for n, on in enumerate(is_open) if on and not (n and is_open[n - 1])]
    kept = [one for n, one in enumerate(shown) if not is_open[n] or n in first]
    return tuple("\n".join(kept).split(_OPEN))


def holds(locked: Sequence[str], text: str) -> bool:
    """Whether ``text`` has all of the pieces, the first at its start and the last at its end."""
    if not locked:
        return True
    first, *others = locked
    last = others.pop()
    if not text.startswith(first) or not text.endswith(last):
        return False
    at = len(first)
    for piece in others:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return at <= len(text) - len(last)
