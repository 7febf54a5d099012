"""Every way to change a text: each finds its place exactly once, or refuses.

What is shown, what runs and what is taken home are one string, and a change that quietly did
nothing, or happened twice, would make it another one than was meant.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from groundup.engine.parameters import Parameter, parameter_nodes
from groundup.engine.text import epoch_loop, parsed, place_of

Schedule = Sequence[tuple[int, str, Any]]
"""Changes in mid-run: the epoch, the parameter's name and its value from there on."""


def replace_once(text: str, old: str, new: str) -> str:
    """``text`` with ``new`` in the one place where ``old`` stands.

    Raises:
        ValueError: unless ``old`` stands there exactly once.
    """
    place = place_of(old, text)
    return text[:place] + new + text[place + len(old) :]


def insert_before(text: str, passage: str, new: str) -> str:
    """``text`` with ``new`` before the one place where ``passage`` stands.

    Raises:
        ValueError: unless ``passage`` stands there exactly once.
    """
    return replace_once(text, passage, new + passage)


def insert_after(text: str, passage: str, new: str) -> str:
    """``text`` with ``new`` after the one place where ``passage`` stands.

    Raises:
        ValueError: unless ``passage`` stands there exactly once.
    """
    return replace_once(text, passage, passage + new)


def block(text: str, beginning: str) -> str:
    """The lines from the one that starts with ``beginning`` (``# Data``) to the next blank one.

    Raises:
        ValueError: unless exactly one line starts so.
    """
    start = place_of(f"\n{beginning}", f"\n{text}")
    return text[start : text.find("\n\n", start) + 1 or None]


def replace_block(text: str, beginning: str, new: str) -> str:
    """``text`` with ``new`` in place of the :func:`block` that starts with ``beginning``.

    Raises:
        ValueError: unless exactly one line starts so.
    """
    start = place_of(f"\n{beginning}", f"\n{text}")
    return text[:start] + new + text[start + len(block(text, beginning)) :]


def unwrap(text: str, header: str) -> str:
    """``text`` without the line ``header``, whose block moves to the left in its place.

    Raises:
        ValueError: unless ``header`` stands there exactly once.
    """
    place = place_of(f"\n{header}\n", text)
    indent = _indent(header)
    lines = text[place + len(header) + 2 :].split("\n")
    inside = list(
        itertools.takewhile(lambda line: not line.strip() or _indent(line) > indent, lines)
    )
    step = min(_indent(line) for line in inside if line.strip()) - indent
    moved = [line[step:] for line in inside]
    return "\n".join([text[:place], *moved, *lines[len(inside) :]])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def set_literals(text: str, literals: Mapping[str, str]) -> str:
    """``text`` with other literals, as they are to be written, in its parameter block.

    A comment stays in its column while there is room.

    Raises:
        ValueError: for a name that is no parameter of ``text``.
    """
    nodes = {parameter.name: node for parameter, node in parameter_nodes(text)}
    if unknown := [name for name in literals if name not in nodes]:
        raise ValueError(f"there is no parameter called {unknown[0]!r}.")
    lines = text.encode().split(b"\n")
    # From the last to the first, so that earlier positions stay true.
    for name, node in reversed(nodes.items()):
        if name not in literals:
            continue
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        head, tail = lines[first][: node.col_offset], lines[last][node.end_col_offset :]
        literal = literals[name].encode()
        if first == last and tail.startswith(b"  ") and b"#" in tail:
            comment = tail.lstrip(b" ")
            width = (node.end_col_offset or 0) - node.col_offset + len(tail) - len(comment)
            tail = b" " * max(width - len(literal), 2) + comment
        lines[first : last + 1] = [head + literal + tail]
    return b"\n".join(lines).decode()


def change_in_mid_run(text: str, schedule: Schedule) -> str:
    """``text`` with lines at the top of its epoch loop that change parameters by ``schedule``.

    Raises:
        ValueError: if there is something to change and no epoch loop.
    """
    if not schedule:
        return text
    loop = epoch_loop(parsed(text))
    if loop is None:
        raise ValueError("this lesson has no epoch loop, so nothing can change in mid-run.")
    lines = text.split("\n")
    lines[loop.lineno : loop.lineno] = [
        line
        for epoch, name, value in schedule
        for line in (f"    if epoch == {epoch}:", f"        {name} = {value!r}")
    ]
    return "\n".join(lines)


@dataclass(frozen=True)
class Edit:
    """A named change of text.

    Each line in ``unwrap`` (a ``with`` or an ``if``) is taken out and its block moved left in its
    place; then each ``(old, new)`` in ``changes`` replaces the one place where ``old`` stands.
    """

    name: str
    title: str
    changes: tuple[tuple[str, str], ...]
    unwrap: tuple[str, ...] = ()
    notes: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, text: str) -> str:
        """Return ``text`` with the changes made.

        Raises:
            ValueError: if a line to unwrap, or an ``old``, does not stand exactly once in ``text``.
        """
        try:
            return self._applied(text)
        except ValueError as error:
            raise ValueError(f"{self.name} cannot be applied here: {error}") from error

    def _applied(self, text: str) -> str:
        for header in self.unwrap:
            text = unwrap(text, header)
        for old, new in self.changes:
            text = replace_once(text, old, new)
        return text


@dataclass(frozen=True)
class Choice:
    """A setting that selects how part of the text is written; the first option is the file's."""

    parameter: Parameter
    edits: Mapping[str, Edit]
