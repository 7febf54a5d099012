"""A text within bounds beside the same text in plain Python."""

from __future__ import annotations

import ast
import contextlib
import io
import warnings
from collections.abc import Iterable

from groundup.engine.execution import TorchState
from groundup.engine.trace import Trace
from groundup.language.bounded import trace_own
from groundup.language.bounds.shared import Shared
from groundup.language.own_code import OwnCode


def own(text: str) -> Trace:
    return trace_own(OwnCode(text, ast.parse(text)))


def plainly(text: str) -> str:
    """What ``text`` prints when Python runs it."""
    printed = io.StringIO()
    before, shared = TorchState.now(), Shared.now()
    TorchState().put()
    Shared().put()
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(text, "text", "exec"), {"__name__": "__main__"})
    finally:
        before.put()
        shared.put()
    return printed.getvalue()


def difference(text: str) -> str:
    """What is other than in Python; empty if nothing is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a text at random deserves most of them
        return _difference(text)


def _difference(text: str) -> str:
    trace = own(text)
    try:
        wanted = plainly(text)
    except Exception as error:
        told, failure = (type(error).__name__, str(error)), trace.end.failure
        found = (failure.kind, failure.message) if failure else trace.end.words
        return "" if _alike(found, told) else f"{told} became {found}"
    if trace.end.state != "finished":
        return trace.end.words
    return "" if trace.output == wanted else f"{wanted!r} became {trace.output!r}"


def compare(texts: Iterable[str]) -> int:
    """Compare each; print those that differ, and return how many they are."""
    different = 0
    for text in texts:
        found = difference(text)
        if found:
            different += 1
            print(f"{text}\n{found}\n")
    print(f"{different} differ")
    return different


def _alike(found: object, told: tuple[str, str]) -> bool:
    """``f(*5)`` is told with the name of what is called, which is a guard here."""
    star = " argument after *"
    same = found == told or (star in told[1] and isinstance(found, tuple) and star in found[1])
    return bool(same)
