"""Which lesson makes the tensor that a learner asks for; sizes are checked before any run."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from groundup.engine import lesson
from groundup.engine.devices import refuse_lacking
from groundup.engine.edits import Edit
from groundup.engine.lesson import Lesson
from groundup.engine.literals import read_data, read_number, read_shape, show_shape, with_literals

MAX_CELLS = 1_000_000
"""More cells than these are described on the meta device, where nothing is allocated."""


def from_data(text: str, device: str) -> Lesson:
    """The lesson that turns typed ``text`` into a tensor.

    Raises:
        ValueError: with a sentence for the learner, as every function here.
    """
    return with_literals(lesson.load("make_from_data"), data=read_data(text)).set(device=device)


NUMBERS = {
    "arange": ("start", "end", "step"),
    "linspace": ("start", "end", "how_many"),
    "full": ("size", "fill"),
}
"""What each way of filling wants to know; the others want the size alone."""


def from_numbers(maker: str, typed: Sequence[Any], seed: int, device: str) -> Lesson:
    """The lesson that makes a tensor by ``maker`` from what was typed (see :data:`NUMBERS`)."""
    if maker in {"arange", "linspace"}:
        start, end, last = typed
        make = from_range if maker == "arange" else from_linspace
        return make(start, end, last, device)
    size, fill = (*typed, 7.0)[:2]
    return from_shape(maker, size, fill, seed, device)


def from_shape(maker: str, shape: str, fill: float, seed: int, device: str) -> Lesson:
    """The lesson that fills a tensor of the typed ``shape`` by ``maker``."""
    sizes = read_shape(shape)
    if maker == "eye" and len(sizes) not in (1, 2):
        raise ValueError(
            f"eye makes a matrix, so it takes one or two sizes, and {show_shape(sizes)} has "
            f"{len(sizes)}. Try 3, 3."
        )
    # With one size, eye makes a square.
    cells = sizes[0] ** 2 if maker == "eye" and len(sizes) == 1 else math.prod(sizes)
    made = with_literals(lesson.load("make_from_shape"), shape=show_shape(sizes))
    return made.set(maker=maker, fill_value=fill, seed=seed, device=home(cells, device))


def from_range(start: str, end: str, step: str, device: str) -> Lesson:
    """``torch.arange`` with the typed numbers, whole or not."""
    first, last, by = (float(read_number(text)) for text in (start, end, step))
    if by == 0:
        raise ValueError("A step of 0 never arrives. Use 1, or 0.5, or −1.")
    if (last - first) * by < 0:
        raise ValueError(
            f"From {first:g}, steps of {by:g} lead away from {last:g}. Change the step's sign."
        )
    # A tiny step makes infinitely many.
    cells = math.ceil(min((last - first) / by, 1e16))
    _refuse_more_than_10_15(cells)
    return with_literals(
        lesson.load("make_range"),
        start=read_number(start),
        end=read_number(end),
        step=read_number(step),
    ).set(device=home(cells, device))


def from_linspace(start: str, end: str, steps: int, device: str) -> Lesson:
    """``torch.linspace`` with the typed numbers."""
    return with_literals(
        lesson.load("make_linspace"),
        start=read_number(start),
        end=read_number(end),
        steps=repr(steps),
    ).set(device=home(steps, device))


def like(maker: str, dtype: str, data: str, seed: int, device: str) -> Lesson:
    """The lesson that mimics a typed template.

    Raises:
        ValueError: if the template cannot be read, or the device has no such dtype.
    """
    refuse_lacking(device, dtype)
    made = with_literals(lesson.load("make_like"), data=read_data(data))
    return made.set(like=maker, like_dtype=dtype, seed=seed, device=device)


def home(cells: int, device: str) -> str:
    """``device``, or meta for more cells than are allocated here."""
    return "meta" if cells > MAX_CELLS else device


def _refuse_more_than_10_15(cells: int) -> None:
    if cells > 10**15:
        raise ValueError("That makes more than 10¹⁵ numbers. Take a longer step.")


NEW_VALUE = 99
"""Written into a cell that the learner picks; larger than every number in t."""
_CELL = re.compile(r"(t|other)\[([0-9]{1,3}(?:, ?[0-9]{1,3}){0,3})\]")


def cell(text: str) -> str:
    """The cell of t or other that ``text`` names, as Python writes it; empty if it names none."""
    found = _CELL.fullmatch(text.strip())
    # Python takes t[01] for a mistake.
    places = [int(number) for number in found[2].split(",")] if found else []
    return f"{found[1]}{places!r}" if found else ""


def storage(other: str, rows: int, columns: int, written: str) -> Lesson:
    """The lesson about views and copies; ``written`` (``other[0, 1]``) is a cell to write into.

    Raises:
        ValueError: if ``written`` names no cell.
    """
    made = lesson.load("storage_views").set(other=other, rows=rows, columns=columns)
    if not written.strip():
        return made
    place = cell(written)
    if not place:
        raise ValueError(f"“{written[:30]}” names no cell. Write one such as t[0, 1].")
    last = 'print("one storage for both:", same)\n'
    name = place.partition("[")[0]
    lines = f'{place} = {NEW_VALUE}\nprint("after writing into {name}:")\nprint(t)\n'
    edit = Edit("write", "Write into one cell", ((last, last + lines),))
    return replace(made, edits={"write": edit}).edit("write")
