"""Indexing: ``a[:, None]``, ``a[0]``, ``a[..., ::2]``: what is written, and the shape it gives."""

from __future__ import annotations

import re
from types import EllipsisType

from groundup.engine.literals import plain_minus
from groundup.shapes.question import Part, Question, Verdict, dims_text

Item = int | slice | EllipsisType | None

MAX_ITEMS = 6
_WHOLE = r"[+-]?[0-9]{1,10}"
_SLICE = re.compile(rf"({_WHOLE})?:({_WHOLE})?(?::({_WHOLE})?)?")


def read_index(text: str) -> tuple[Item, ...]:
    """Read what stands between the brackets.

    Raises:
        ValueError: with a sentence for the learner.
    """
    inside = plain_minus(text.strip()[:200]).removeprefix("a").strip()
    if inside.startswith("[") and inside.endswith("]"):
        inside = inside[1:-1]
    items = [_item("".join(piece.split())) for piece in inside.split(",") if piece.strip()]
    if not items:
        raise ValueError("Type what stands between the brackets, such as :, None or 0 or ..., 0.")
    if len(items) > MAX_ITEMS or items.count(...) > 1:
        raise ValueError(f"Up to {MAX_ITEMS} indices fit here, and one “...” among them.")
    return tuple(items)


def _item(text: str) -> Item:
    if text in {"None", "np.newaxis", "newaxis"}:
        return None
    if text in {"...", "…", "Ellipsis"}:
        return ...
    if re.fullmatch(_WHOLE, text):
        return int(text)
    if match := _SLICE.fullmatch(text):
        return slice(*(int(n) if n else None for n in match.groups()))
    raise ValueError(f"“{text[:20]}” is no index here. Use :, None, ..., a whole number, or 1:3.")


def written(items: tuple[Item, ...]) -> str:
    """The items as Python writes them: ``:, None``."""
    return ", ".join(_written(item) for item in items)


def _written(item: Item) -> str:
    if isinstance(item, slice):
        ends = ["" if n is None else str(n) for n in (item.start, item.stop)]
        return ":".join(ends + ([str(item.step)] if item.step is not None else []))
    return "..." if item is ... else str(item)


def index(q: Question) -> Verdict:
    """``a[…]``: a number drops a dimension, ``None`` makes one of size 1, a slice keeps it."""
    items = read_index(q.spec)
    used = sum(isinstance(item, int | slice) for item in items)
    if used > len(q.a.shape):
        why = f"a has {dims_text(len(q.a.shape))}, and the brackets name {used}."
        return Verdict(None, why if q.a.shape else "A single number has no dimension to index.")
    at = items.index(...) if ... in items else len(items)
    whole = (slice(None),) * (len(q.a.shape) - used)
    return _taken(q, (*items[:at], *whole, *items[at + 1 :]))


def _taken(q: Question, items: tuple[Item, ...]) -> Verdict:
    parts: list[Part] = []
    dim = 0
    for item in items:
        if item is None:
            parts.append(Part(None, None, 1, "new"))
            continue
        size = q.a.shape[dim]
        if isinstance(item, slice) and item.step is not None and item.step < 1:
            return Verdict(None, f"A slice's step must be 1 or more, and here it is {item.step}.")
        if isinstance(item, int) and not -size <= item < size:
            why = f"Dimension {dim} has size {size}: there is no index {item}."
            return Verdict(None, why, (*parts, Part(size, None, None, "clash", dim)))
        parts.append(_part(item, size, dim))
        dim += 1
    result = tuple(part.result for part in parts if part.result is not None)
    why = "None puts in a dimension of size 1; a number takes its dimension out; a slice keeps it."
    return Verdict(result, why, tuple(parts))


def _part(item: Item, size: int, dim: int) -> Part:
    if isinstance(item, slice):
        left = len(range(*item.indices(size)))
        return Part(size, None, left, "kept", dim, None, "" if left == size else _written(item))
    return Part(size, None, None, "gone", dim, None, f"✂ index {item}")
