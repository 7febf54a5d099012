"""What may mend an operation on one tensor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from groundup.engine.literals import Shape
from groundup.shapes.indexing import read_index, written
from groundup.shapes.lab import Lab
from groundup.shapes.one_tensor import fill_in
from groundup.shapes.question import Question
from groundup.shapes.writing import expression

Candidate = tuple[Lab, str, str]
"""A changed lab, what changes in its text, and what that means."""


def with_numbers(lab: Lab, q: Question, numbers: Shape, why: str) -> Candidate:
    """``lab`` with other numbers."""
    text = ", ".join(str(n) for n in numbers) or ("()" if lab.op in {"reshape", "view"} else "")
    return replace(lab, numbers=text), expression(replace(q, numbers=numbers)), why


def other_numbers(lab: Lab, q: Question) -> Iterator[Candidate]:
    """Other dims, the given ones first counted from the end, then each there is."""
    count = len(q.a.shape)
    options: list[tuple[Shape, str]] = []
    if lab.op == "permute":
        named = [d % count for d in q.numbers if -count <= d < count]
        distinct = tuple(dict.fromkeys(named))
        rest = tuple(d for d in range(count) if d not in distinct)
        options.append(((*distinct, *rest), "Name each dimension once; keep the order you began."))
        options.append((tuple(reversed(range(count))), "Turn the order round."))
    elif lab.op == "transpose" and count > 1:
        options.append(((count - 2, count - 1), "The last two: each matrix is turned."))
        options.append(((0, count - 1), "The first and the last."))
    elif lab.op == "flatten":
        options += [((d,), _flat(d)) for d in (1, 0, 2) if d < max(count, 1)]
    elif lab.op in {"cat", "stack", "squeeze", "unsqueeze", "sum", "mean"}:
        places = [count - 1, *range(count)] + ([count] if lab.op in {"stack", "unsqueeze"} else [])
        options += [((d,), f"Dimension {d} does exist.") for d in places if d >= 0]
        if lab.op in {"cat"}:
            options = [((d,), f"Join along dimension {d}: the others are equal.") for d in places]
        if lab.op in {"sum", "mean", "squeeze"}:
            options.append(((), "All dimensions at once."))
    for numbers, why in options:
        yield with_numbers(lab, q, numbers, why)


def _flat(dim: int) -> str:
    return "All in one row." if dim == 0 else f"From dimension {dim} on: what is before it stays."


def reshape_ways(lab: Lab, q: Question) -> Iterator[Candidate]:
    """One size worked out by torch, then plainer shapes; and for view, a copy first."""
    if lab.op == "view":
        why = "reshape copies if it must."
        yield replace(lab, op="reshape"), f"a.reshape({lab.numbers})", why
        steps = f"{lab.steps}; a.contiguous()" if lab.steps.strip() else "a.contiguous()"
        why = "Copy the cells into reading order first; then view."
        yield replace(lab, steps=steps), "a = a.contiguous()", why
    sizes = q.numbers
    options = [(*sizes[:i], -1, *sizes[i + 1 :]) for i in range(len(sizes))]
    options = [option for option in options if option.count(-1) == 1]
    if len(q.a.shape) > 1 and len(sizes) > 1:
        options += [(q.a.shape[0], *sizes[1:]), (q.a.shape[0], -1)]
    options += [(size, -1) for size in sizes if size > 1]
    if len(sizes) == len(q.a.shape):
        options.append((*q.a.shape[:-1], -1))
    options.append(q.a.shape)
    if min(len(sizes), len(q.a.shape)) < 2:
        options.append((-1,))
    for option in dict.fromkeys(options):
        why = "−1 lets torch work out that size." if -1 in option else "Sizes that fit."
        yield with_numbers(lab, q, option, _kept(q, option) or why)


def _kept(q: Question, sizes: Shape) -> str:
    made, _ = fill_in(q.a.numel, sizes)
    if len(q.a.shape) > 1 and made and len(made) > 1 and made[0] == q.a.shape[0]:
        return f"Dimension 0 keeps its {q.a.shape[0]:,} examples, each in a row of its own."
    return ""


def expand_ways(lab: Lab, q: Question) -> Iterator[Candidate]:
    """A dimension of size 1 where one is wanted; −1 where a size cannot be stretched."""
    shape, sizes = q.a.shape, q.numbers
    if len(sizes) == len(shape) + 1:
        for dim in reversed(range(len(sizes))):
            text = f"a.unsqueeze({dim})"
            steps = f"{lab.steps}; {text}" if lab.steps.strip() else text
            why = f"Put in a dimension of size 1 at place {dim}: that one can be stretched."
            yield replace(lab, steps=steps), f"a = {text}", why
    new = len(sizes) - len(shape)
    if new < 0:
        yield with_numbers(lab, q, (*sizes, *shape)[:6], "New dimensions come in front of a's own.")
        yield with_numbers(lab, q, (-1,) * len(shape), "As many sizes as a has.")
        return
    stretchable = tuple(
        n if d < new or shape[d - new] in (1, n) else -1 for d, n in enumerate(sizes)
    )
    yield with_numbers(lab, q, stretchable, "−1 keeps the sizes that cannot be stretched.")
    front = tuple(max(n, 1) for n in sizes[:new])
    filled = (*front, *(-1,) * len(shape))
    yield with_numbers(lab, q, filled, "−1 keeps a size; new ones need theirs.")


def index_ways(lab: Lab, q: Question) -> Iterator[Candidate]:
    """Fewer indices, or the last of those that there are."""
    items = read_index(q.spec)
    inside = tuple(-1 if isinstance(item, int) else item for item in items)
    positive = tuple(slice(None) if isinstance(item, slice) else item for item in items)
    options = [(inside, "−1 is the last one, whatever the size.")]
    options.append((positive, "All of it: slices without a step."))
    options += [(items[:n], f"Only the first {n}.") for n in reversed(range(1, len(items)))]
    for option, why in options:
        spec = written(option)
        yield replace(lab, numbers=spec), f"a[{spec}]", why
