"""What the C library does with the process's memory, where it is Linux's (glibc).

Of itself it keeps what was freed, in a heap for every few threads. Each press is drawn in a thread
of its own here, so that is much: for each run of the FFN page that is over 0.7 MB, and 0.07 MB
after :func:`give_back`. Among a hundred who train there at once the process held 604 MB in their
first 40 s, and 580 MB with two heaps (on one afternoon, in turn).
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Any

HEAPS = 2
_M_ARENA_MAX = -8
"""As in glibc's ``malloc.h``."""


def share() -> None:
    """From now on all threads share :data:`HEAPS` heaps."""
    if found := _of_the_c_library("mallopt"):
        found(_M_ARENA_MAX, HEAPS)


def give_back() -> None:
    """Give the system back what is free."""
    if found := _of_the_c_library("malloc_trim"):
        found(0)


def _of_the_c_library(name: str) -> Callable[..., Any] | None:
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
