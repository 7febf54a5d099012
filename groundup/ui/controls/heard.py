"""What a message from the browser says, which may be anything: checked against what was offered.

A component's value is whatever its JavaScript sent, or whoever imitates it; so is that of a widget
that is no declared control. Nothing of it is used that did not pass one of these functions.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from typing import TypeVar

from groundup.ui.state import stored

T = TypeVar("T")


def heard(key: str, what: str) -> object:
    """What the component called ``key`` last said under the name ``what``; None for nothing."""
    said = stored(key)
    return said.get(what) if isinstance(said, dict) else None


def one_of(said: object, offered: Iterable[T]) -> T | None:
    """The one of ``offered`` that was said, if any was."""
    return next((one for one in offered if type(one) is type(said) and one == said), None)


def whole_number(said: object, offered: Collection[int]) -> int | None:
    """The number that was said, if it is one of ``offered`` (a range, say); True is no number."""
    found = int(said) if type(said) is float and said.is_integer() else said
    return found if type(found) is int and found in offered else None


def place(said: object) -> tuple[float, float] | None:
    """The two finite numbers that were said, if it was two."""
    if not isinstance(said, list) or len(said) != 2:
        return None
    if not all(type(one) in {int, float} and abs(one) < 1e300 for one in said):
        return None
    x, y = map(float, said)
    return (x, y) if math.isfinite(x) and math.isfinite(y) else None
