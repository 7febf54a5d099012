"""Read what a learner types (a tensor's data, a shape, whole numbers), within bounds.

Nothing typed is ever evaluated: ``ast.literal_eval`` accepts literals only, and its result is
checked before torch sees it. Every refusal is a sentence that says what to change.
"""

from __future__ import annotations

import ast
import math
import re
from dataclasses import replace
from itertools import pairwise

from groundup.engine.edits import set_literals
from groundup.engine.lesson import Lesson
from groundup.parsing import expression_tree, literal_value

CHARACTERS = 2_000
"""How long a typed literal may be: far more than anyone types, far less than parsing can bear."""
DEPTH = 4
"""How deep lists may nest: a tensor of four dimensions is the largest that is drawn."""
DIMENSIONS = 6
SIZE = 10**9
ELEMENTS = 10**15
"""Above this torch's own arithmetic on sizes comes near its limits, even without memory."""

Shape = tuple[int, ...]

_TOO_DEEP = f"The lists nest deeper than {DEPTH} levels. Take out some brackets."

_SHAPE = re.compile(r"\s*(?:torch\.Size)?\s*([\[(]*)(.*?)([\])]*)\s*", re.DOTALL)
_BETWEEN = re.compile(r"(?<=[0-9])(?:\s*[x×*]\s*|\s+)(?=[+-]?[0-9])")
_ENTRY = re.compile(r"\s*([+-]?[0-9]{1,30})\s*")


def read_data(text: str) -> str:
    """Return a literal for ``torch.tensor``, written in one standard way.

    Raises:
        ValueError: with a sentence for the learner.
    """
    text = plain_minus(text)
    if len(text) > CHARACTERS:
        raise ValueError(
            f"That is {len(text):,} characters. Up to {CHARACTERS:,} fit here: take fewer numbers, "
            "or make a large tensor from a shape."
        )
    if not text.strip():
        raise ValueError("Type some numbers in square brackets, such as [[1, 2], [3, 4]].")
    if "[" * (DEPTH + 1) in re.sub(r"\s", "", text).replace("(", "["):
        raise ValueError(_TOO_DEEP)
    try:
        value = literal_value(text.strip())
        literal = ast.unparse(expression_tree(text.strip()))
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError) as error:
        raise ValueError(_unreadable(text)) from error
    _check(value, "data")
    return literal


def read_shape(text: str) -> Shape:
    """Read ``3, 4`` or ``(3, 4)`` or ``3×4``; ``()`` is the shape of a single number.

    Raises:
        ValueError: with a sentence for the learner.
    """
    shape = read_whole_numbers(text, "a shape", "3, 4")
    for size in shape:
        if size < 0:
            raise ValueError(f"A size counts cells, so it cannot be {size}. Use 0 or more.")
        if size > SIZE:
            raise ValueError(f"{size:,} is too large here: sizes go up to {SIZE:,}.")
    # Beside a size of 0 too: torch multiplies the others for the strides.
    cells = math.prod(size for size in shape if size)
    if cells > ELEMENTS:
        beside = " beside its size of 0" if 0 in shape else ""
        raise ValueError(
            f"{show_shape(shape)} has {cells:,} cells{beside}; this page goes up to 10¹⁵."
        )
    return shape


def read_whole_numbers(text: str, what: str, example: str) -> Shape:
    """Read whole numbers parted by commas, spaces or ×, with or without brackets.

    Raises:
        ValueError: with a sentence that names ``what`` was wanted and shows ``example``.
    """
    match = _SHAPE.fullmatch(plain_minus(text[:200]))
    opened, inside, closed = match.groups() if match else ("", text, "")
    if not inside.strip() and not opened:
        raise ValueError(f"Type {what}, such as {example}.")
    entries = _BETWEEN.sub(",", inside).split(",")
    if not entries[-1].strip():
        entries.pop()  # a comma may end the list, as in (3,)
    bad = next((entry.strip() for entry in entries if not _ENTRY.fullmatch(entry)), None)
    if bad is not None or len(opened) != len(closed) or len(text) > 200:
        raise ValueError(f"{_complaint(bad)}. Type {what} such as {example}.")
    if len(entries) > DIMENSIONS:
        raise ValueError(f"{len(entries)} numbers are too many: up to {DIMENSIONS} fit here.")
    return tuple(int(entry) for entry in entries)


def _complaint(bad: str | None) -> str:
    if bad is None:
        return "The brackets do not match"
    return f"“{bad[:20]}” is no whole number" if bad else "A number is missing before a comma"


def read_number(text: str) -> str:
    """Read one number as it will stand in the lesson (``0``, ``0.5``, ``-1e3``).

    Raises:
        ValueError: with a sentence for the learner.
    """
    try:
        value = literal_value(plain_minus(text.strip()[:40]))
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        value = None
    if type(value) not in (int, float) or not abs(value) <= 1e12:
        raise ValueError(f"“{text.strip()[:20]}” is no number up to 10¹². Type one such as 0.5.")
    return repr(value)


def plain_minus(text: str) -> str:
    """``text`` with Python's own minus signs: the pages write longer ones."""
    return text.replace("−", "-")


def show_shape(shape: Shape) -> str:
    """``(3, 4)`` as Python writes it."""
    return str(tuple(shape))


def with_literals(lesson: Lesson, **literals: str) -> Lesson:
    """``lesson`` with literals of any type in its parameter block, given as checked source text.

    ``Lesson.set`` keeps a parameter's type; here a whole number may become a list.
    """
    return replace(lesson, source=set_literals(lesson.source, literals))


def _check(value: object, where: str, depth: int = 0) -> Shape:
    """Return the shape of ``value``, or raise the sentence that says why it has none."""
    if isinstance(value, list | tuple):
        return _check_list(value, where, depth)
    if isinstance(value, bool | float):
        return ()
    if isinstance(value, int):
        if not -(2**63) <= value < 2**63:
            raise ValueError("One whole number does not fit: int64 holds −2⁶³ to 2⁶³ − 1.")
        return ()
    kind = {str: "a text", complex: "a complex number", dict: "a dictionary", set: "a set"}
    shown = repr(value) if len(repr(value)) < 30 else repr(value)[:27] + "…"
    raise ValueError(
        f"{shown} is {kind.get(type(value), 'not a number')}. Numbers and True or False can be "
        "stored in a tensor here."
    )


def _check_list(value: list[object] | tuple[object, ...], where: str, depth: int) -> Shape:
    if depth >= DEPTH:
        raise ValueError(_TOO_DEEP)
    places = [f"{where}[{i}]" for i in range(len(value))]
    shapes = [_check(v, place, depth + 1) for v, place in zip(value, places, strict=True)]
    for (place, shape), (next_place, next_shape) in pairwise(zip(places, shapes, strict=True)):
        if shape != next_shape:
            raise ValueError(
                f"The lists are ragged: {place} {_holds(shape)} but {next_place} "
                f"{_holds(next_shape)}. Every list at one level must have the same length."
            )
    return (len(value), *(shapes[0] if shapes else ()))


def _holds(shape: Shape) -> str:
    if not shape:
        return "is a single number"
    return f"has length {shape[0]}" if len(shape) == 1 else f"has shape {show_shape(shape)}"


def _unreadable(text: str) -> str:
    if text.count("[") != text.count("]"):
        return (
            f"There are {text.count('[')} opening and {text.count(']')} closing square brackets. "
            "Make them match."
        )
    return "This cannot be read as numbers. Try nested lists such as [[1, 2], [3, 4]]."
