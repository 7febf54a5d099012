"""PyTorch's shape rule for cross_entropy with class numbers as targets."""

from __future__ import annotations

from groundup.shapes.question import Part, Question, Shape, Verdict, dims_text


def cross_entropy(q: Question) -> Verdict:
    """``cross_entropy(a, b)``: scores (N, C, …), one class number each (N, …); or (C,) and ().

    The classes are dimension 1 of the scores, and are not in the targets. One number comes out.
    """
    a, b = q.a.shape, q.b.shape
    if not a:
        return Verdict(None, "a has no dimension of classes: it needs a score for every class.")
    if len(a) == 1:
        return _of_one_example(a, b)
    wanted = (a[0], *a[2:])
    if b == wanted:
        why = (
            f"Dimension 1 of a holds the scores of {a[1]:,} classes; b has the number of the right "
            "class for each. The mean over all is one number."
        )
        return Verdict((), why, _parts(a, b))
    return Verdict(None, _mismatch(a, b, wanted), _parts(a, b) if len(b) == len(wanted) else ())


def _of_one_example(a: Shape, b: Shape) -> Verdict:
    parts = (Part(a[0], None, None, "gone", 0, None, "classes"),)
    if b in ((), (1,)) and a != b:
        return Verdict((), f"One example: {a[0]:,} scores, and the right class's number.", parts)
    why = _mismatch(a, b, ()) if a == b else f"One example has one class: b is {b}, not ()."
    return Verdict(None, why, parts)


def _mismatch(a: Shape, b: Shape, wanted: Shape) -> str:
    if a == b:
        return (
            "b has a's shape, so torch reads it as probabilities, which are floats; here it holds "
            f"whole numbers. Class numbers have the shape {wanted}: the classes are left out."
        )
    if len(b) != len(wanted):
        far = dims_text(abs(len(b) - len(wanted)))
        more = "too many" if len(b) > len(wanted) else "too few"
        return f"a has {dims_text(len(a))}, so b must be {wanted}; it is {b}: {far} {more}."
    swapped = len(a) > 2 and a[-1] > 0 and b == (a[0], *a[1:-1])
    hint = " The classes must be dimension 1 of a, not the last." if swapped else ""
    return f"For scores of {a}, the class numbers must have the shape {wanted}; b is {b}.{hint}"


def _parts(a: Shape, b: Shape) -> tuple[Part, ...]:
    """The scores' dimensions with those of the targets; the classes stand alone."""
    beside = (b[0], None, *b[1:])
    return tuple(
        _part(d, x, y, d - (d > 1)) for d, (x, y) in enumerate(zip(a, beside, strict=True))
    )


def _part(dim: int, size: int, target: int | None, b_dim: int) -> Part:
    if target is None:
        return Part(size, None, None, "gone", dim, None, "classes")
    same = size == target
    mark, note = ("same", "✓ equal, averaged") if same else ("clash", "")
    return Part(size, target, None, mark, dim, b_dim, note)
