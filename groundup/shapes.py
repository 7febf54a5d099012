"""PyTorch's shape rules: what comes out of an operation, or which dimension is to blame.

The rules are the documented ones (broadcasting semantics, ``torch.matmul``, ``torch.cat``, …),
written out so that each dimension's part can be shown. Torch itself is the judge: the tests hold
every verdict against it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import zip_longest

from groundup.strides import Layout, view_strides

Shape = tuple[int, ...]

PAIRS = ("@", "+", "-", "*", "cat", "stack")
"""Operations on two tensors; the others take one."""
OPERATIONS = (
    *PAIRS,
    "reshape",
    "view",
    "permute",
    "squeeze",
    "unsqueeze",
    "sum",
    "mean",
    "nn.Linear",
)


@dataclass(frozen=True)
class Question:
    """An operation and the tensors it gets.

    ``numbers`` are the operation's own whole numbers: the dim of ``cat``, the sizes of ``reshape``,
    the order of ``permute``, the dims of ``sum`` (empty for all), in and out of ``nn.Linear``.
    """

    op: str
    a: Layout
    b: Layout = field(default_factory=lambda: Layout(()))
    numbers: Shape = ()
    keepdim: bool = False


@dataclass(frozen=True)
class Part:
    """What one dimension does: its size in each tensor (None: it has no such dimension)."""

    a: int | None
    b: int | None
    result: int | None
    mark: str
    """``same``, ``stretched``, ``clash``, ``row``, ``column``, ``inner``, ``joined``, ``new``,
    ``gone``, ``kept``, ``moved``."""
    a_dim: int | None = None
    b_dim: int | None = None


@dataclass(frozen=True)
class Verdict:
    """``result`` is the shape that comes out, or None where torch refuses; ``why`` says why.

    ``trap`` warns of a result that torch gives without complaint and that is seldom meant.
    """

    result: Shape | None
    why: str
    parts: tuple[Part, ...] = ()
    trap: str = ""

    @property
    def clashes(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.mark == "clash")


def judge(question: Question) -> Verdict:
    """Say what torch will answer to ``question``, and why."""
    return _RULES[question.op](question)


def _elementwise(q: Question) -> Verdict:
    parts = align(q.a.shape, q.b.shape)
    if any(part.mark == "clash" for part in parts):
        return Verdict(None, _clash_sentence(parts), parts)
    result = tuple(part.result or 0 for part in parts)
    stretched = [part for part in parts if part.mark == "stretched"]
    if not stretched:
        return Verdict(result, "Both have the same shape: cell meets cell.", parts)
    why = "Aligned from the right, every pair of sizes is equal, or one of them is 1 or missing: " \
        "that one is stretched."  # fmt: skip
    return Verdict(result, why, parts, _accident(q.a.shape, q.b.shape, result))


def align(a: Shape, b: Shape, a_shift: int = 0, b_shift: int = 0) -> tuple[Part, ...]:
    """Pair the dimensions of ``a`` and ``b`` from the right, as broadcasting does."""
    pairs = list(zip_longest(reversed(a), reversed(b)))
    return tuple(
        _pair(x, y, len(a) - 1 - i + a_shift, len(b) - 1 - i + b_shift)
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


def _accident(a: Shape, b: Shape, result: Shape) -> str:
    cells = math.prod(result)
    if cells <= max(math.prod(a), math.prod(b)) or not cells:
        return ""
    return (
        f"PyTorch is content, but look: {math.prod(a):,} cells and {math.prod(b):,} cells became "
        f"{cells:,}. Both tensors were stretched, so every cell of a met every cell of b. If you "
        "meant cell by cell, the shapes must be equal."
    )


def _matmul(q: Question) -> Verdict:
    a, b = q.a.shape, q.b.shape
    if not a or not b:
        return Verdict(None, "A single number has no rows or columns: @ needs at least one "
                       "dimension on each side. Use * with a number.")  # fmt: skip
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
        return Verdict(None, "The matrices fit, but the batches in front of them clash. "
                       + _clash_sentence(batch), parts)  # fmt: skip
    result = tuple(p.result or 0 for p in parts if p.mark != "inner")
    why = (
        f"Each row of a has {a[-1]} numbers and so has each column of b. That inner size is "
        "summed away; what is around it stays."
    )
    return Verdict(result, why, parts)


def _inner_sentence(a: Shape, b: Shape, k_dim: int) -> str:
    side = "column" if len(b) > 1 else "vector"
    return (
        f"A row of a has {a[-1]} numbers (its dimension {len(a) - 1}) and a {side} of b has "
        f"{b[k_dim]} (its dimension {k_dim}). @ multiplies them pair by pair, so these two sizes "
        "must be equal."
    )


def _cat(q: Question) -> Verdict:
    a, b = q.a.shape, q.b.shape
    dim = q.numbers[0]
    if not a or not b:
        return Verdict(None, "A single number has no dimension to be joined along. Use stack.")
    if (0,) in (a, b):
        return _cat_with_nothing(a if b == (0,) else b, dim)
    if len(a) != len(b):
        return Verdict(None, f"a has {_dims(len(a))} and b has {len(b)}: cat joins tensors with "
                       "equally many.")  # fmt: skip
    place = _wrap(dim, len(a))
    if place is None:
        return Verdict(None, _out_of_range(dim, len(a)))
    parts = tuple(
        Part(x, y, x + y, "joined", i, i) if i == place else _equal(x, y, i)
        for i, (x, y) in enumerate(zip(a, b, strict=True))
    )
    if any(part.mark == "clash" for part in parts):
        rule = f"Only dimension {place} may differ, where cat joins. Every other"
        return Verdict(None, _unequal(parts, rule), parts)
    result = tuple(part.result or 0 for part in parts)
    return Verdict(result, f"Joined end to end along dimension {place}: {a[place]} + {b[place]} = "
                   f"{result[place]}. The other sizes are equal and stay.", parts)  # fmt: skip


def _cat_with_nothing(other: Shape, dim: int) -> Verdict:
    """Torch skips tensors of shape (0,) in cat, whatever the other's shape: an old kindness."""
    if other != (0,) and _wrap(dim, len(other)) is None:
        return Verdict(None, _out_of_range(dim, len(other)))
    return Verdict(other, "A tensor of shape (0,) is empty; cat leaves it out.")


def _stack(q: Question) -> Verdict:
    a, b = q.a.shape, q.b.shape
    dim = q.numbers[0]
    if len(a) != len(b):
        return Verdict(None, f"a has {_dims(len(a))} and b has {len(b)}: stack puts equal shapes "
                       "on top of each other.")  # fmt: skip
    parts = tuple(_equal(x, y, i) for i, (x, y) in enumerate(zip(a, b, strict=True)))
    if any(part.mark == "clash" for part in parts):
        return Verdict(None, _unequal(parts, "Stack needs equal shapes: every"), parts)
    place = _wrap(dim, len(a) + 1)
    if place is None:
        return Verdict(None, _out_of_range(dim, len(a) + 1), parts)
    parts = (*parts[:place], Part(None, None, 2, "new"), *parts[place:])
    return Verdict(tuple(p.result or 0 for p in parts), "Two equal shapes, one new dimension of "
                   f"size 2 at position {place}: index 0 is a, index 1 is b.", parts)  # fmt: skip


def _equal(x: int, y: int, dim: int) -> Part:
    return Part(x, y, x if x == y else None, "same" if x == y else "clash", dim, dim)


def _unequal(parts: tuple[Part, ...], rule: str) -> str:
    clash = next(part for part in parts if part.mark == "clash")
    return (
        f"{rule} dimension must have the same size in both, and dimension {clash.a_dim} has "
        f"{clash.a} in a but {clash.b} in b."
    )


def fill_in(cells: int, sizes: Shape) -> tuple[Shape | None, str]:
    """The sizes with their −1 worked out, or None and the reason."""
    known = math.prod(size for size in sizes if size != -1)
    if why := _unfit(cells, sizes, known):
        return None, why
    return tuple(cells // known if size == -1 else size for size in sizes), ""


def _unfit(cells: int, sizes: Shape, known: int) -> str:
    """Why ``cells`` cells cannot have these sizes, whose product without the −1 is ``known``."""
    if any(size < -1 for size in sizes):
        return f"A size cannot be {min(sizes)}. Only −1 has a meaning: work it out."
    if sizes.count(-1) > 1:
        return "Only one size can be −1: two unknowns have many answers."
    if -1 not in sizes:
        return "" if known == cells else f"a has {cells:,} cells; {_product(sizes)} = {known:,}."
    if known == 0 and cells == 0:
        return "With a size of 0 beside it, −1 could be any number, so torch will not guess."
    if known == 0 or cells % known:
        over = f": {cells % known:,} would be left over" if known else ""
        return f"a has {cells:,} cells, which cannot be shared out in groups of {known:,}{over}."
    return ""


def _product(sizes: Shape) -> str:
    return " × ".join(str(size) for size in sizes) if sizes else "the empty shape ()"


def _reshape(q: Question) -> Verdict:
    sizes, why = fill_in(math.prod(q.a.shape), q.numbers)
    if sizes is None:
        return Verdict(None, why)
    copied = view_strides(q.a, sizes) is None
    tail = "The cells do not lie in that order, so reshape copies them first." if copied else (
        "Nothing moves: it is the same storage, read with other sizes."
    )  # fmt: skip
    return Verdict(sizes, f"{math.prod(sizes):,} cells before and after, read row by row. {tail}")


def _view(q: Question) -> Verdict:
    sizes, why = fill_in(math.prod(q.a.shape), q.numbers)
    if sizes is None:
        return Verdict(None, why)
    if view_strides(q.a, sizes) is None:
        why = (
            "The number of cells is right. But view never copies, and no choice of strides reads "
            f"this storage in that order: a's strides are {q.a.strides}. reshape may copy."
        )
        return Verdict(None, why)
    return Verdict(sizes, "The same storage, read with other sizes and strides. Nothing is copied.")


def _permute(q: Question) -> Verdict:
    a = q.a.shape
    if len(q.numbers) != len(a):
        return Verdict(None, f"a has {_dims(len(a))}, and permute must name each of them once; it "
                       f"got {len(q.numbers)}.")  # fmt: skip
    places = [_wrap(dim, len(a)) for dim in q.numbers]
    for dim, place in zip(q.numbers, places, strict=True):
        if place is None:
            return Verdict(None, _out_of_range(dim, len(a)))
        if places.count(place) > 1:
            return Verdict(None, f"Dimension {place} is named more than once.")
    order = tuple(place for place in places if place is not None)
    parts = tuple(Part(a[d], None, a[d], "moved" if d != i else "same", d)
                  for i, d in enumerate(order))  # fmt: skip
    return Verdict(tuple(a[d] for d in order), "Same cells, dimensions in another order: only the "
                   "strides change places.", parts)  # fmt: skip


def _squeeze(q: Question) -> Verdict:
    a = q.a.shape
    wanted = set(range(len(a)))
    if q.numbers:
        place = _wrap(q.numbers[0], max(len(a), 1))
        if place is None:
            return Verdict(None, _out_of_range(q.numbers[0], max(len(a), 1)))
        wanted = {place}
    gone = {d for d in wanted if d < len(a) and a[d] == 1}
    parts = tuple(Part(n, None, None if d in gone else n, "gone" if d in gone else "kept", d)
                  for d, n in enumerate(a))  # fmt: skip
    result = tuple(n for d, n in enumerate(a) if d not in gone)
    if gone:
        return Verdict(result, "Dimensions of size 1 hold nothing apart: they are dropped.", parts)
    return Verdict(result, "Nothing to drop: squeeze takes out dimensions of size 1 only, and says "
                   "nothing when there is none.", parts)  # fmt: skip


def _unsqueeze(q: Question) -> Verdict:
    a = q.a.shape
    place = _wrap(q.numbers[0], len(a) + 1)
    if place is None:
        return Verdict(None, _out_of_range(q.numbers[0], len(a) + 1))
    kept = [Part(n, None, n, "kept", d) for d, n in enumerate(a)]
    parts = (*kept[:place], Part(None, None, 1, "new"), *kept[place:])
    return Verdict((*a[:place], 1, *a[place:]), f"A new dimension of size 1 at position {place}. "
                   "The cells stay where they are.", parts)  # fmt: skip


def _reduce(q: Question) -> Verdict:
    a = q.a.shape
    places = [_wrap(dim, max(len(a), 1)) for dim in q.numbers]
    for dim, place in zip(q.numbers, places, strict=True):
        if place is None:
            return Verdict(None, _out_of_range(dim, max(len(a), 1)))
        if places.count(place) > 1:
            return Verdict(None, f"Dimension {place} is named more than once.")
    gone = set(places) if places else set(range(len(a)))
    left = 1 if q.keepdim else None
    parts = tuple(Part(n, None, left if d in gone else n, "gone" if d in gone else "kept", d)
                  for d, n in enumerate(a))  # fmt: skip
    result = tuple(part.result for part in parts if part.result is not None)
    how = "shrinks to size 1, as keepdim asks" if q.keepdim else "disappears"
    return Verdict(result, f"The dimension you name is the one that {how}: along it, all numbers "
                   "become one.", parts)  # fmt: skip


def _linear(q: Question) -> Verdict:
    a, (inputs, outputs) = q.a.shape, q.numbers
    if not a:
        return Verdict(None, "A single number has no dimension of features: nn.Linear needs one.")
    good = a[-1] == inputs
    front = tuple(Part(n, None, n, "kept", d) for d, n in enumerate(a[:-1]))
    last = Part(a[-1], inputs, outputs if good else None, "inner" if good else "clash",
                len(a) - 1, 1)  # fmt: skip
    parts = (*front, last)
    if not good:
        why = (
            f"The layer expects {inputs} features in the last dimension, and a has {a[-1]} there "
            f"(its dimension {len(a) - 1})."
        )
        return Verdict(None, why, parts)
    why = (
        f"The last dimension, {inputs} features, becomes {outputs}. All dimensions in front of it "
        "are examples and stay."
    )
    return Verdict((*a[:-1], outputs), why, parts)


def _wrap(dim: int, ndim: int) -> int | None:
    """``dim`` counted from 0, or None if a tensor with ``ndim`` dimensions has no such one."""
    return dim % ndim if -ndim <= dim < ndim else None


def _out_of_range(dim: int, ndim: int) -> str:
    if ndim == 0:
        return f"There is no dimension {dim}: a has none at all."
    return f"There is no dimension {dim}: here they go from {-ndim} to {ndim - 1}."


def _dims(count: int) -> str:
    return f"{count} dimension{'s' * (count != 1)}"


_RULES: dict[str, Callable[[Question], Verdict]] = {
    "@": _matmul,
    "+": _elementwise,
    "-": _elementwise,
    "*": _elementwise,
    "cat": _cat,
    "stack": _stack,
    "reshape": _reshape,
    "view": _view,
    "permute": _permute,
    "squeeze": _squeeze,
    "unsqueeze": _unsqueeze,
    "sum": _reduce,
    "mean": _reduce,
    "nn.Linear": _linear,
}
