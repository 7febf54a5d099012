"""PyTorch's shape rules for sums and means."""

from __future__ import annotations

from groundup.shapes.question import Part, Question, Verdict, out_of_range, wrap


def reduce(q: Question) -> Verdict:
    """``torch.sum`` and ``torch.mean`` over the dimensions ``q.numbers``; over all with none.

    With ``q.keepdim`` what is summed away stays as a dimension of size 1.
    """
    a = q.a.shape
    places = [wrap(dim, max(len(a), 1)) for dim in q.numbers]
    for dim, place in zip(q.numbers, places, strict=True):
        if place is None:
            return Verdict(None, out_of_range(dim, max(len(a), 1)))
        if places.count(place) > 1:
            return Verdict(None, f"Dimension {place} is named more than once.")
    gone = set(places) if places else set(range(len(a)))
    left = 1 if q.keepdim else None
    parts = tuple(
        Part(n, None, left if d in gone else n, "gone" if d in gone else "kept", d)
        for d, n in enumerate(a)
    )
    result = tuple(part.result for part in parts if part.result is not None)
    how = "shrinks to size 1, as keepdim asks" if q.keepdim else "disappears"
    why = f"The dimension you name is the one that {how}: along it, all numbers become one."
    if not q.numbers:
        why = f"No dimension is named, so each {how}: all numbers become one."
    return Verdict(result, why, parts)
