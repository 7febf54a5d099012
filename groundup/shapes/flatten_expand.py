"""PyTorch's shape rules for flatten and expand."""

from __future__ import annotations

import math

from groundup.shapes.question import Part, Question, Verdict, dims_text, out_of_range, wrap


def flatten(q: Question) -> Verdict:
    """``torch.flatten``: dimensions from ``q.numbers[0]`` (or 0) to ``q.numbers[1]`` (or −1)."""
    a = q.a.shape or (1,)
    first, last = (*q.numbers, *(0, -1)[len(q.numbers) :])
    begin, end = wrap(first, len(a)), wrap(last, len(a))
    if begin is None or end is None:
        return Verdict(None, out_of_range(first if begin is None else last, len(a)))
    if begin > end:
        return Verdict(None, f"It would begin at dimension {begin}, which is after its end, {end}.")
    size = math.prod(a[begin : end + 1])
    product = " × ".join(f"{n:,}" for n in a[begin : end + 1])
    parts = [Part(n, None, n, "kept", d) for d, n in enumerate(a)]
    if end > begin:
        parts[begin:end] = [
            Part(a[d], None, None, "gone", d, None, "→ into one") for d in range(begin, end)
        ]
        parts[end] = Part(a[end], None, size, "joined", end, None, f"{product} = {size:,}")
    why = f"Only dimension {begin}: there is nothing to put together."
    if not q.a.shape:
        why = "A single number becomes a row of one."
    if end > begin:
        why = f"Dimensions {begin} to {end} become one: {product} = {size:,}. The others stay."
    return Verdict((*a[:begin], size, *a[end + 1 :]), why, tuple(parts) if q.a.shape else ())


def expand(q: Question) -> Verdict:
    """``Tensor.expand``: sizes of 1 are stretched, new ones come in front; −1 keeps a size."""
    a, sizes = q.a.shape, q.numbers
    new = len(sizes) - len(a)
    if new < 0:
        why = f"a has {dims_text(len(a))}, and expand got {len(sizes)} sizes: it takes none away."
        return Verdict(None, why)
    parts = tuple(
        _expanded(None if d < new else a[d - new], size, d - new) for d, size in enumerate(sizes)
    )
    clash = next((part for part in parts if part.mark == "clash"), None)
    if clash is None:
        stretched = any(part.mark != "kept" and part.result != 1 for part in parts)
        why = (
            "Sizes of 1, and new ones, are stretched by strides of 0: the same cells, read again "
            "and again."
            if stretched
            else "Every size of a stays: nothing is stretched."
        )
        return Verdict(tuple(part.result or 0 for part in parts), why, parts)
    if min(sizes) < -1:
        why = f"A size cannot be {min(sizes)}. Only −1 has a meaning: keep the size."
        return Verdict(None, why, parts)
    if clash.a is None:
        return Verdict(
            None, "−1 keeps a size, and a new dimension in front has none to keep.", parts
        )
    why = f"Dimension {clash.a_dim} of a has size {clash.a}: only a size of 1 can be stretched."
    return Verdict(None, why, parts)


def _expanded(size: int | None, wanted: int, dim: int) -> Part:
    """What becomes of a dimension of ``size`` (None: it is new) that is to be ``wanted`` long."""
    if size is None:
        return Part(None, None, wanted, "new") if wanted >= 0 else _no_size(None, None)
    if wanted in (-1, size):
        return Part(size, None, size, "kept", dim)
    if size == 1 and wanted >= 0:
        return Part(size, None, wanted, "stretched", dim)
    return _no_size(size, dim)


def _no_size(size: int | None, dim: int | None) -> Part:
    return Part(size, None, None, "clash", dim)
