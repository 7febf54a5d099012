"""The learner's own code: checked node by node against what is listed, before any of it runs.

The parts are in :mod:`groundup.language.own`: what pasting left in a text is taken out
(``pasted``), its size is bounded and it is read (``reading``), and its tree is walked
(``checker``), each kind of node by what ``statements``, ``definitions``, ``imports``,
``expressions``, ``calls``, ``formats``, ``names`` and ``dots`` list. A check executes nothing.

What a check cannot know, because it depends on values, whoever runs the text has to bound: how
large numbers, texts, lists and tensors become, how long it runs, which object an attribute is
assigned to, and what ``type(x)`` is where x is a class. A module is reached by its imported name
alone, so the run must give the text no modules under names that it does not import, but for those
of :data:`groundup.language.own.listed.BY_HABIT` that it nowhere binds.
"""

from __future__ import annotations

from groundup.language.own import (
    calls,
    definitions,
    dots,
    expressions,
    formats,
    imports,
    names,
    statements,
)
from groundup.language.own.checker import Checker
from groundup.language.own.pasted import cleaned
from groundup.language.own.reading import MAX_CHARACTERS, UnreadableError, bound_length, read
from groundup.language.own.result import OwnCode, Refusal, RefusedCodeError

__all__ = ["OwnCode", "Refusal", "RefusedCodeError", "check"]

GRAMMAR = (statements, definitions, imports, expressions, calls, formats, names, dots)
"""What lists the nodes of the language."""


def check(text: str) -> OwnCode:
    """Check ``text`` and return it; nothing is executed.

    Raises:
        RefusedCodeError: with every place that is not in the language.
    """
    said: tuple[str, ...] = ()
    try:
        bound_length(text, 2 * MAX_CHARACTERS)  # pasting may have left as much again around it
        text, said = cleaned(text)
        tree = read(text)
    except UnreadableError as error:
        raise RefusedCodeError(error.refusals, text, said) from None
    checker = Checker(text, tree)
    checker.visit(tree)
    if checker.refusals:
        raise RefusedCodeError(in_order(checker.refusals), text, said)
    return OwnCode(text, tree, said)


def in_order(refusals: list[Refusal]) -> tuple[Refusal, ...]:
    """The refusals from the top of the text to its end, each once."""
    places = dict.fromkeys(refusals)
    return tuple(sorted(places, key=lambda r: (r.line, r.column, r.end_line, r.end_column)))
