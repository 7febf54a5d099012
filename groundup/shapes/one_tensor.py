"""PyTorch's shape rules for operations that move the dimensions of one tensor."""

from __future__ import annotations

import math

from groundup.shapes.question import Part, Question, Shape, Verdict, dims_text, out_of_range, wrap
from groundup.shapes.traps import mixed_examples
from groundup.tensors.strides import view_strides


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
        return "Only one size can be −1: torch works out one unknown, not more."
    if -1 not in sizes:
        return (
            "" if known == cells else f"a has {cells:,} cells, and {sizes} has room for {known:,}."
        )
    if known == 0 and cells == 0:
        return "With a size of 0 beside it, −1 could be any number, so torch will not guess."
    if known == 0 or cells % known:
        over = f": {cells % known:,} would be left over" if known else ""
        return f"a has {cells:,} cells, which cannot be shared out in groups of {known:,}{over}."
    return ""


def reshape(q: Question) -> Verdict:
    """``torch.reshape``: ``q.numbers`` are the sizes wanted, at most one of them −1.

    The rule is that of the number of cells; whether the result is a view or a copy is told too.
    """
    sizes, why = fill_in(math.prod(q.a.shape), q.numbers)
    if sizes is None:
        return Verdict(None, why)
    copied = view_strides(q.a, sizes) is None
    tail = (
        "The cells do not lie in that order, so reshape copies them first."
        if copied
        else ("Nothing moves: it is the same storage, read with these sizes.")
    )
    why = f"{math.prod(sizes):,} cells before and after, read row by row. {tail}"
    return Verdict(sizes, why, trap=mixed_examples(q.a.shape, q.numbers, sizes))


def view(q: Question) -> Verdict:
    """``Tensor.view``: as :func:`reshape`, and some strides must read the storage in that order.

    The condition on strides is that of ``Tensor.view``'s documentation.
    """
    sizes, why = fill_in(math.prod(q.a.shape), q.numbers)
    if sizes is None:
        return Verdict(None, why)
    if view_strides(q.a, sizes) is None:
        why = (
            "The number of cells is right. But view never copies, and no choice of strides reads "
            f"this storage in that order: a's strides are {q.a.strides}. reshape may copy."
        )
        return Verdict(None, why)
    why = "The same storage, read with these sizes. Nothing is copied."
    return Verdict(sizes, why, trap=mixed_examples(q.a.shape, q.numbers, sizes))


def permute(q: Question) -> Verdict:
    """``torch.permute``: ``q.numbers`` name every dimension once, counted from either end."""
    a = q.a.shape
    if len(q.numbers) != len(a):
        return Verdict(
            None,
            f"a has {dims_text(len(a))}, and permute must name each of them once; it "
            f"got {len(q.numbers)}.",
        )
    places = [wrap(dim, len(a)) for dim in q.numbers]
    for dim, place in zip(q.numbers, places, strict=True):
        if place is None:
            return Verdict(None, out_of_range(dim, len(a)))
        if places.count(place) > 1:
            return Verdict(None, f"Dimension {place} is named more than once.")
    order = tuple(place for place in places if place is not None)
    parts = tuple(
        Part(a[d], None, a[d], "moved" if d != i else "same", d) for i, d in enumerate(order)
    )
    why = "Same cells, dimensions in another order: only the strides change places."
    if order == tuple(range(len(a))):
        why = "Every dimension stays in its place."
    return Verdict(tuple(a[d] for d in order), why, parts)


def squeeze(q: Question) -> Verdict:
    """``torch.squeeze``: drops dimension ``q.numbers[0]`` if its size is 1, or else all such."""
    a = q.a.shape
    wanted = set(range(len(a)))
    if q.numbers:
        place = wrap(q.numbers[0], max(len(a), 1))
        if place is None:
            return Verdict(None, out_of_range(q.numbers[0], max(len(a), 1)))
        wanted = {place}
    gone = {d for d in wanted if d < len(a) and a[d] == 1}
    parts = tuple(
        Part(n, None, None if d in gone else n, "gone" if d in gone else "kept", d)
        for d, n in enumerate(a)
    )
    result = tuple(n for d, n in enumerate(a) if d not in gone)
    if gone:
        which = f"Dimension {min(gone)}" if q.numbers else "Every dimension"
        why = f"{which} of size 1 separates nothing: it is dropped."
        return Verdict(result, why, parts)
    why = (
        "Nothing to drop: squeeze takes out sizes of 1 only, and raises no error where it finds "
        "none."
    )
    return Verdict(result, why, parts)


def unsqueeze(q: Question) -> Verdict:
    """``torch.unsqueeze``: a size of 1 at ``q.numbers[0]``, from −(n + 1) to n for n dimensions."""
    a = q.a.shape
    place = wrap(q.numbers[0], len(a) + 1)
    if place is None:
        return Verdict(None, out_of_range(q.numbers[0], len(a) + 1))
    unchanged = [Part(n, None, n, "kept", d) for d, n in enumerate(a)]
    parts = (*unchanged[:place], Part(None, None, 1, "new"), *unchanged[place:])
    return Verdict(
        (*a[:place], 1, *a[place:]),
        f"A new dimension of size 1 at position {place}. The cells stay where they are.",
        parts,
    )


def transpose(q: Question) -> Verdict:
    """``torch.transpose``: the two dimensions in ``q.numbers`` change places."""
    a = q.a.shape
    places = [wrap(dim, max(len(a), 1)) for dim in q.numbers]
    for dim, place in zip(q.numbers, places, strict=True):
        if place is None:
            return Verdict(None, out_of_range(dim, max(len(a), 1)))
    order = list(range(len(a)))
    if a:
        one, other = (place or 0 for place in places)
        order[one], order[other] = order[other], order[one]
    turned = permute(Question("permute", q.a, numbers=tuple(order)))
    swapped = order != sorted(order)
    why = "Two dimensions change places; the cells stay." if swapped else turned.why
    return Verdict(turned.result, why, turned.parts)
