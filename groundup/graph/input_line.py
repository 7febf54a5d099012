"""A program's inputs as text: ``a=2; W=[[1, 2], [3, 4]]; t=0.5 fixed``, or each on a line.

The text is what a shared link holds. ``fixed`` stands for ``requires_grad=False``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from groundup.graph.script import Input

FIXED = "fixed"
MAX_CHARACTERS = 1_500
# A line that names no input goes on with the rows of a matrix.
_BETWEEN = re.compile(r";|\n(?=[^\n]*=)")
_FORM = "Write name=value; name=[[1, 2], [3, 4]]; name=1 fixed."


def parse(line: str) -> dict[str, Input]:
    """Read ``line``.

    Raises:
        ValueError: naming the entry that cannot be read, and what to write.
    """
    if len(line) > MAX_CHARACTERS:
        raise ValueError(f"more than {MAX_CHARACTERS:,} characters. {_FORM}")
    entries = [entry.strip() for entry in _BETWEEN.split(line)]
    return dict(_entry(entry) for entry in entries if entry)


def _entry(entry: str) -> tuple[str, Input]:
    name, sign, value = (part.strip() for part in entry.partition("="))
    if not sign or not name.isidentifier():
        raise ValueError(f"“{entry[:30]}” is no input. {_FORM}")
    learns = not value.endswith(FIXED)
    read_input = Input(read(value.removesuffix(FIXED)), learns)
    try:
        _ = read_input.tensor
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None
    return name, read_input


def read(value: str) -> Any:
    """The number, or rows of numbers, that ``value`` writes; None if it is something else."""
    try:
        value_read = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return checked(value_read)


def checked(numbers: Any) -> Any:
    """``numbers`` if it is a number or rows of numbers, else None."""
    return numbers if _numbers(numbers) else None


def _numbers(numbers: Any, depth: int = 0) -> bool:
    if isinstance(numbers, list):
        return depth < 3 and all(_numbers(inner, depth + 1) for inner in numbers)
    return isinstance(numbers, int | float) and not isinstance(numbers, bool)


def render(inputs: Mapping[str, Input], like: str = "") -> str:
    """The text for ``inputs``, which :func:`parse` reads: a line each, if ``like`` has lines."""
    return ("\n" if "\n" in like.strip() else "; ").join(
        f"{name}={written(entry.value)}{'' if entry.requires_grad else f' {FIXED}'}"
        for name, entry in inputs.items()
    )


def written(value: Any) -> str:
    """A number or rows of numbers as they are typed: ``2``, ``[[1, 2.5]]``."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(written(inner) for inner in value)}]"
    return f"{value:.10g}"


def complete(inputs: Mapping[str, Input], names: Iterable[str]) -> dict[str, Input]:
    """The inputs called ``names``; those that ``inputs`` lacks start at 2."""
    return {name: inputs.get(name, Input(2.0)) for name in names}
