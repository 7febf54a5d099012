"""What may mend a layer, or a loss of scores and class numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from groundup.engine.literals import Shape, show_shape
from groundup.shapes.lab import Lab
from groundup.shapes.question import Question
from groundup.shapes.ways_one import Candidate
from groundup.shapes.ways_two import narrowed, step
from groundup.shapes.writing import arguments, layer


def rebuilt(lab: Lab, q: Question, numbers: Shape, why: str) -> Candidate:
    """``lab`` with a layer of other numbers."""
    other = replace(q, numbers=numbers)
    return replace(lab, numbers=", ".join(map(str, arguments(other)))), f"torch.{layer(other)}", why


def fed(lab: Lab, shape: Shape, why: str) -> Iterator[Candidate]:
    """``lab`` with another a, where no steps stand between."""
    if not lab.steps.strip():
        yield replace(lab, a=show_shape(shape)), f"a_shape = {show_shape(shape)}", why


def layer_ways(lab: Lab, q: Question) -> Iterator[Candidate]:
    """A flat example, a layer for these features, or features for this layer."""
    shape, (inputs, outputs) = q.a.shape, q.numbers
    if not shape:
        yield step(lab, "a.unsqueeze(0)", "Give the number a dimension of features.")
        yield replace(lab, a=str(inputs)), f"a_shape = ({inputs},)", "One example."
        return
    flat = math.prod(shape[1:])
    if len(shape) > 2 and flat == inputs:
        why = f"One row of {flat:,} features for each of the {shape[0]:,} examples."
        yield step(lab, "a.flatten(1)", why)
    if len(shape) > 3:
        made, _, _ = step(lab, "a.flatten(1)", "")
        other = replace(q, numbers=(flat, outputs))
        why = f"Flatten each example to {flat:,} features, and build the layer for these."
        changed, code, _ = rebuilt(made, other, other.numbers, why)
        yield changed, f"a.flatten(1), {code.removeprefix('torch.')}", why
    yield rebuilt(lab, q, (shape[-1], outputs), "Build the layer for these features.")
    yield from fed(lab, (*shape[:-1], inputs), "Feed the features that the layer expects.")
    if len(shape) > 1:
        yield step(lab, "a.mT", "Turn a: right only if the examples are its columns.")


def conv_ways(lab: Lab, q: Question) -> Iterator[Candidate]:
    """Channels where they belong, a layer for these channels, or a window that fits."""
    shape, (inputs, _, kernel, _, padding) = q.a.shape, q.numbers
    other = list(_as_pictures(lab, shape, inputs))
    yield from other
    if other:
        return  # a layer for a's own sizes would take examples, or rows, for channels
    if len(shape) in (3, 4):
        why = f"Build the layer for {shape[-3]:,} channels."
        yield rebuilt(lab, q, (shape[-3], *q.numbers[1:]), why)
        yield from _smaller_windows(lab, q, kernel, padding, 2)
        yield from fed(lab, (*shape[:-3], inputs, *shape[-2:]), "Feed the channels it expects.")
    else:
        yield from fed(lab, (1, inputs, kernel, kernel), "One picture, as large as the window.")


def _as_pictures(lab: Lab, shape: Shape, inputs: int) -> Iterator[Candidate]:
    if len(shape) == 4 and shape[-1] == inputs:
        why = "If the channels lie last: put them before the rows."
        yield step(lab, "a.permute(0, 3, 1, 2)", why)
    if len(shape) == 3 and inputs == 1:
        yield step(lab, "a.unsqueeze(1)", f"{shape[0]:,} grey pictures: each has one channel.")
    if len(shape) == 3 and shape[-1] == inputs:
        yield step(lab, "a.permute(2, 0, 1)", "If the channels lie last: put them first.")
    if len(shape) == 2:
        yield step(lab, "a.unsqueeze(0)", "One grey picture: it has one channel.")


def _smaller_windows(
    lab: Lab, q: Question, kernel: int, padding: int, at: int
) -> Iterator[Candidate]:
    """A kernel that fits into the picture, or a wider frame of zeros around it."""
    small = min(q.a.shape[-2:])
    front, (_, stride, _) = q.numbers[:at], q.numbers[at:]
    if small:
        fits = (*front, min(kernel, small), min(stride, small), min(padding, small // 2))
        yield rebuilt(lab, q, fits, f"A window no wider than the picture: {small}.")
        need = -(-(kernel - small) // 2)
        if at and need > 0:
            yield rebuilt(lab, q, (*front, kernel, stride, need), "A frame of zeros around it.")


def pool_ways(lab: Lab, q: Question) -> Iterator[Candidate]:
    """A window that fits, or a picture that has channels."""
    kernel, stride, padding = q.numbers
    if len(q.a.shape) == 2:
        yield step(lab, "a.unsqueeze(0)", "One picture with one channel.")
    if len(q.a.shape) in (3, 4):
        half = (kernel, stride, min(padding, kernel // 2))
        yield rebuilt(lab, q, half, "At most half of the kernel may be padding.")
        yield from _smaller_windows(lab, q, kernel, min(padding, kernel // 2), 0)
    front = q.a.shape[:-2] if len(q.a.shape) in (3, 4) else (1, 1)
    sides = [max(n, kernel) for n in q.a.shape[-2:]]
    yield from fed(lab, (*(n or 1 for n in front), *sides), "A picture that the window fits into.")


def target_ways(lab: Lab, q: Question) -> Iterator[Candidate]:
    """One class number for each example; the classes in dimension 1."""
    a, b = q.a.shape, q.b.shape
    yield from narrowed(lab, q)
    if len(a) > 2 and b == a[:-1]:
        order = f"0, {len(a) - 1}, {', '.join(str(d) for d in range(1, len(a) - 1))}"
        turn = "a.mT" if len(a) == 3 else f"a.permute({order})"
        yield step(lab, turn, "Put the classes into dimension 1, where cross_entropy looks.")
        made, _, _ = step(lab, f"a.flatten(0, {len(a) - 2})", "")
        changed, _, _ = step(made, "b.flatten()", "")
        code = f"a.flatten(0, {len(a) - 2}), b.flatten()"
        yield changed, code, "Every place is an example of its own: (examples, classes)."
        return
    if a and not lab.steps.strip():
        wanted = show_shape((a[0], *a[2:]) if len(a) > 1 else ())
        place = min(len(a) - 1, 1)
        why = (
            f"The number of the right class for each, not a row: one_hot.argmax({place}) makes it."
        )
        yield replace(lab, b=wanted), f"b_shape = {wanted}", why
