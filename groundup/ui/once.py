"""What is said once: in a run of the page that comes to its end, and in no other one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from streamlit.runtime.scriptrunner import RerunException


class _Run(threading.local):
    """The run of this thread. Not in ``st.session_state``: one that stops cannot look there."""

    at_end: list[Callable[[], None]] | None = None


_run = _Run()


@contextmanager
def run() -> Iterator[None]:
    """A run of the page, or of a part of it that runs alone."""
    at_end = _run.at_end = []
    try:
        yield
    except RerunException:
        at_end.clear()
        raise
    finally:
        _run.at_end = None
        for forget in at_end:
            forget()


def at_end_of_run(forget: Callable[[], None]) -> None:
    """Call ``forget`` when this run has come to its end.

    A sentence is said once by a run that ends: what one drew that begins anew may never be seen.
    """
    if _run.at_end is None:
        forget()
    else:
        _run.at_end.append(forget)


def said_once(sentences: list[str]) -> list[str]:
    """The ``sentences``, which are taken out of that list when this run has come to its end."""
    said = sentences[:]

    def forget() -> None:
        del sentences[: len(said)]

    if said:
        at_end_of_run(forget)
    return said
