"""PyTorch's shape rules for layers."""

from __future__ import annotations

from groundup.shapes.question import Part, Question, Shape, Verdict, dims_text


def linear(q: Question) -> Verdict:
    """``nn.Linear(inputs, outputs)``, both in ``q.numbers``: (*, inputs) becomes (*, outputs)."""
    a, (inputs, outputs) = q.a.shape, q.numbers
    if not a:
        return Verdict(None, "A single number has no dimension of features: nn.Linear needs one.")
    good = a[-1] == inputs
    front = tuple(Part(n, None, n, "kept", d) for d, n in enumerate(a[:-1]))
    last = Part(
        a[-1], inputs, outputs if good else None, "inner" if good else "clash", len(a) - 1, 1
    )
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


_LIE = {
    3: "A picture lies as (channels, height, width).",
    4: "Pictures lie as (batch, channels, height, width).",
}
_EMPTY = "A picture without a cell: only the batch may have size 0."


def embedding(q: Question) -> Verdict:
    """``nn.Embedding(rows, width)``: each whole number of a becomes the row that it names."""
    width = q.numbers[1]
    unchanged = (Part(n, None, n, "kept", d) for d, n in enumerate(q.a.shape))
    why = f"Every whole number in a picks a row of the table: a new last dimension of {width:,}."
    return Verdict((*q.a.shape, width), why, (*unchanged, Part(None, None, width, "new")))


def conv2d(q: Question) -> Verdict:
    """``nn.Conv2d``: (N, in, H, W) or (in, H, W); ``q.numbers`` as :class:`Question` says.

    Each side becomes (side + 2·padding − kernel) ÷ stride + 1, rounded down.
    """
    a, (inputs, outputs, *window) = q.a.shape, q.numbers
    if len(a) not in (3, 4):
        return Verdict(None, _no_picture(a))
    fits = a[-3] == inputs
    note = f"✓ {inputs:,} channels in, {outputs:,} out" if fits else ""
    mark = "inner" if fits else "clash"
    channels = Part(a[-3], inputs, outputs if fits else None, mark, len(a) - 3, 1, note)
    parts = (*_batch(a), channels, *_sides(a, *window))
    if not fits:
        why = (
            f"The layer expects {inputs:,} channels, and a has {a[-3]:,} in its dimension "
            f"{len(a) - 3}. {_LIE[len(a)]}"
        )
        return Verdict(None, why, parts)
    why = (
        f"{outputs:,} kernels, each looking at all {inputs:,} channels, make {outputs:,} channels. "
        + _side_formula(*window)
    )
    if 0 in a[-2:] and 0 not in a[:-3]:
        return Verdict(None, _EMPTY, parts)
    return _windowed(a, parts, window, why)


def max_pool2d(q: Question) -> Verdict:
    """``nn.MaxPool2d``: (N, C, H, W) or (C, H, W); ``q.numbers`` are kernel, stride, padding."""
    a, window = q.a.shape, q.numbers
    if len(a) not in (3, 4):
        return Verdict(None, _no_picture(a))
    channels = Part(a[-3], None, a[-3], "kept", len(a) - 3)
    parts = (*_batch(a), channels, *_sides(a, *window))
    if 2 * window[2] > window[0]:
        return Verdict(None, "The padding may be at most half of the kernel.", parts)
    if 0 in a[-3:]:
        return Verdict(None, _EMPTY, parts)
    why = "The largest number of each window is kept; the channels stay. "
    return _windowed(a, parts, list(window), why + _side_formula(*window))


def _windowed(a: Shape, parts: tuple[Part, ...], window: list[int], why: str) -> Verdict:
    """The verdict for windows that slide over the last two dimensions."""
    kernel, _, padding = window
    small = next((n for n in a[-2:] if n + 2 * padding < kernel), None)
    if small is not None:
        around = f", with its padding {small + 2 * padding}" if padding else ""
        why = f"The window is {kernel} wide, and the picture only {small}{around}."
        return Verdict(None, why, parts)
    return Verdict(tuple(part.result or 0 for part in parts), why, parts)


def side(size: int, kernel: int, stride: int, padding: int) -> int:
    """How many windows fit along a side of ``size`` cells; less than 1 for none."""
    return (size + 2 * padding - kernel) // stride + 1


def _sides(a: Shape, kernel: int, stride: int, padding: int) -> tuple[Part, Part]:
    """Height and width, with the arithmetic of what becomes of each."""
    made = [_side(n, len(a) - 2 + i, kernel, stride, padding) for i, n in enumerate(a[-2:])]
    return made[0], made[1]


def _side(size: int, dim: int, kernel: int, stride: int, padding: int) -> Part:
    count = side(size, kernel, stride, padding)
    around = f" + {2 * padding}" if padding else ""
    steps = f"({size:,}{around} − {kernel:,}) ÷ {stride:,} + 1" if stride > 1 else ""
    note = steps or f"{size:,}{around} − {kernel:,} + 1"
    if count < 1:
        return Part(size, None, None, "clash", dim, None, f"✗ {note} < 1")
    exact = "" if (size + 2 * padding - kernel) % stride == 0 else ", rounded down"
    return Part(size, None, count, "window", dim, None, f"{note} = {count:,}{exact}")


def _side_formula(kernel: int, stride: int, padding: int) -> str:
    around = f" + 2·{padding}" if padding else ""
    return f"Each side becomes (side{around} − {kernel}) ÷ {stride} + 1, rounded down."


def _batch(a: Shape) -> tuple[Part, ...]:
    return tuple(Part(n, None, n, "kept", d) for d, n in enumerate(a[:-3]))


def _no_picture(a: Shape) -> str:
    return (
        "The layer wants (batch, channels, height, width), or one picture (channels, height, "
        f"width), and a has {dims_text(len(a))}."
    )
