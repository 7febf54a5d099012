"""PyTorch's shape rules for operations on two tensors: broadcasting, ``@``, ``cat``, ``stack``."""

from __future__ import annotations

from itertools import zip_longest

from groundup.shapes.question import Part, Question, Shape, Verdict, dims_text, out_of_range, wrap
from groundup.shapes.traps import accident, which_way


def elementwise(q: Question) -> Verdict:
    """``+``, ``-``, ``*`` and ``/``, by the rules of broadcasting in torch's notes of that name.

    ``trap`` warns where both tensors were stretched, as (n,) with (n, 1) is, and where one of them
    would fit another way too, as (n,) does with (n, n).
    """
    parts = align(q.a.shape, q.b.shape)
    if any(part.mark == "clash" for part in parts):
        return Verdict(None, _clash_sentence(parts), parts)
    result = tuple(part.result or 0 for part in parts)
    stretched = [part for part in parts if part.mark == "stretched"]
    if not stretched:
        return Verdict(result, "Both have the same shape: cell meets cell.", parts)
    why = (
        "Aligned from the right, every pair of sizes is equal, or one of them is 1 or missing: "
        "that one is stretched."
    )
    shapes = q.a.shape, q.b.shape
    return Verdict(result, why, parts, accident(*shapes, result) or which_way(*shapes))


def align(a: Shape, b: Shape) -> tuple[Part, ...]:
    """Pair the dimensions of ``a`` and ``b`` from the right, as broadcasting does."""
    pairs = list(zip_longest(reversed(a), reversed(b)))
    return tuple(
        _pair(x, y, len(a) - 1 - i, len(b) - 1 - i)
        for i, (x, y) in reversed(list(enumerate(pairs)))
    )


def _pair(x: int | None, y: int | None, a_dim: int, b_dim: int) -> Part:
    dims = (a_dim if x is not None else None, b_dim if y is not None else None)
    if x is None or y is None:
        # A missing dimension counts as one of size 1; 1 beside 1 needs no stretching.
        return Part(x, y, x if y is None else y, "stretched", *dims)
    if x == y:
        return Part(x, y, x, "same", *dims)
    if 1 in (x, y):
        return Part(x, y, y if x == 1 else x, "stretched", *dims)
    return Part(x, y, None, "clash", *dims)


def _clash_sentence(parts: tuple[Part, ...]) -> str:
    clash = next(part for part in reversed(parts) if part.mark == "clash")
    return (
        f"Dimension {clash.a_dim} of a has size {clash.a} and meets dimension {clash.b_dim} of b "
        f"with size {clash.b}. They differ and neither is 1, so nothing can be stretched."
    )


def matmul(q: Question) -> Verdict:
    """``@`` as ``torch.matmul`` documents it: (…, n, k) with (…, k, m) becomes (…, n, m).

    A tensor of one dimension is a row on the left and a column on the right, and its dimension is
    not in the result; the dimensions in front are broadcast.
    """
    a, b = q.a.shape, q.b.shape
    if not a or not b:
        return Verdict(
            None,
            "A single number has no rows or columns: @ needs at least one "
            "dimension on each side. Use * with a number.",
        )
    batch = align(a[:-2], b[:-2])
    k_dim = max(len(b) - 2, 0)
    matches = a[-1] == b[k_dim]
    mark = "inner" if matches else "clash"
    row = () if len(a) == 1 else (Part(a[-2], None, a[-2], "row", len(a) - 2),)
    column = () if len(b) == 1 else (Part(None, b[-1], b[-1], "column", None, len(b) - 1),)
    parts = (*batch, *row, Part(a[-1], b[k_dim], None, mark, len(a) - 1, k_dim), *column)
    if not matches:
        return Verdict(None, _inner_sentence(a, b, k_dim), parts)
    if any(part.mark == "clash" for part in batch):
        return Verdict(
            None,
            "The matrices fit, but the batches in front of them clash. " + _clash_sentence(batch),
            parts,
        )
    result = tuple(p.result or 0 for p in parts if p.mark != "inner")
    stretched = any(1 in (part.a, part.b) and part.result != 1 for part in batch)
    around = "the batches in front are stretched" if stretched else "what is around it stays"
    why = (
        f"Each row of a has {a[-1]} numbers and so has each column of b. That inner size is "
        f"summed away; {around}."
    )
    return Verdict(result, why, parts)


def _inner_sentence(a: Shape, b: Shape, k_dim: int) -> str:
    side = "column" if len(b) > 1 else "vector"
    return (
        f"A row of a has {a[-1]} numbers (its dimension {len(a) - 1}) and a {side} of b has "
        f"{b[k_dim]} (its dimension {k_dim}). @ multiplies them pair by pair, so these two sizes "
        "must be equal."
    )


def cat(q: Question) -> Verdict:
    """``torch.cat([a, b], dim)``: sizes add up along ``q.numbers[0]`` and agree elsewhere."""
    a, b = q.a.shape, q.b.shape
    dim = q.numbers[0]
    if not a or not b:
        use = "" if a or b else " Use stack."
        return Verdict(None, f"A single number has no dimension to be joined along.{use}")
    if (0,) in (a, b):
        return _cat_with_nothing(a if b == (0,) else b, dim)
    if len(a) != len(b):
        return Verdict(
            None,
            f"a has {dims_text(len(a))} and b has {len(b)}: cat joins tensors with equally many.",
        )
    place = wrap(dim, len(a))
    if place is None:
        return Verdict(None, out_of_range(dim, len(a)))
    parts = tuple(
        Part(x, y, x + y, "joined", i, i) if i == place else _equal(x, y, i)
        for i, (x, y) in enumerate(zip(a, b, strict=True))
    )
    if any(part.mark == "clash" for part in parts):
        rule = f"Only dimension {place} may differ, where cat joins. Every other"
        return Verdict(None, _unequal(parts, rule), parts)
    result = tuple(part.result or 0 for part in parts)
    return Verdict(
        result,
        f"Joined end to end along dimension {place}: {a[place]} + {b[place]} = "
        f"{result[place]}. The other sizes are equal and stay.",
        parts,
    )


def _cat_with_nothing(other: Shape, dim: int) -> Verdict:
    """Torch skips tensors of shape (0,) in cat, whatever the other's shape: an old kindness."""
    if other != (0,) and wrap(dim, len(other)) is None:
        return Verdict(None, out_of_range(dim, len(other)))
    return Verdict(other, "A tensor of shape (0,) is empty; cat leaves it out.")


def stack(q: Question) -> Verdict:
    """``torch.stack([a, b], dim)``: equal shapes; a new dimension of size 2 at ``q.numbers[0]``."""
    a, b = q.a.shape, q.b.shape
    dim = q.numbers[0]
    if len(a) != len(b):
        return Verdict(
            None,
            f"a has {dims_text(len(a))} and b has {len(b)}: stack puts equal shapes "
            "on top of each other.",
        )
    parts = tuple(_equal(x, y, i) for i, (x, y) in enumerate(zip(a, b, strict=True)))
    if any(part.mark == "clash" for part in parts):
        return Verdict(None, _unequal(parts, "Stack needs equal shapes: every"), parts)
    place = wrap(dim, len(a) + 1)
    if place is None:
        return Verdict(None, out_of_range(dim, len(a) + 1), parts)
    parts = (*parts[:place], Part(None, None, 2, "new"), *parts[place:])
    return Verdict(
        tuple(p.result or 0 for p in parts),
        "Two equal shapes, one new dimension of "
        f"size 2 at position {place}: index 0 is a, index 1 is b.",
        parts,
    )


def _equal(x: int, y: int, dim: int) -> Part:
    return Part(x, y, x if x == y else None, "same" if x == y else "clash", dim, dim)


def _unequal(parts: tuple[Part, ...], rule: str) -> str:
    clash = next(part for part in parts if part.mark == "clash")
    return (
        f"{rule} dimension must have the same size in both, and dimension {clash.a_dim} has "
        f"{clash.a} in a but {clash.b} in b."
    )
