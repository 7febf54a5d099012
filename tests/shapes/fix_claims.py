"""What the sentence of each fix claims, tried on torch: ``before`` failed, ``after`` works."""

import math
import re

import torch

from groundup.shapes.einsum import read_equation
from groundup.shapes.indexing import read_index
from groundup.shapes.question import ELEMENTWISE
from tests.shapes.claims import N, asked, numbered, placed, refused, result


def keeps_order(before, after):
    count = len(before.a.shape)
    begun = list(dict.fromkeys(d % count for d in before.numbers if -count <= d < count))
    return sorted(placed(after)) == list(range(count)) and placed(after)[: len(begun)] == begun


def lies(before, after, name, dim):
    """Whether a keepdim sum of the larger tensor has the shape that ``name`` has now."""
    wide, large = getattr(after, name).shape, (after.b if name == "a" else after.a).shape
    tail = large[len(large) - len(wide) :]
    return torch.zeros(tail).sum(dim, keepdim=True).shape == wide


def inserted(before, after, name, dim):
    new = getattr(after, name).shape
    return new[dim] == 1 and (*new[:dim], *new[dim + 1 :]) == getattr(before, name).shape


def swapped(before, after, name):
    was, now = getattr(before, name).shape, getattr(after, name).shape
    return now == (*was[:-2], was[-1], was[-2])


def keeps_sizes(before, after):
    """−1 stands where a size of more than 1 was to be another, and nowhere new."""
    new = len(before.numbers) - len(before.a.shape)
    pairs = zip(before.numbers, after.numbers, strict=True)
    changed = [d for d, (n, m) in enumerate(pairs) if n != m]
    return all(d >= new and before.a.shape[d - new] != 1 for d in changed)


def rows(before, after, features, examples=None):
    made = after.a.shape
    return made[-1] == features == math.prod(before.a.shape[1:]) and examples in (None, made[0])


def images(before, after):
    """Whether a picture alone gives what it gives among the others."""
    one = torch.nn.Conv2d(*after.numbers)
    a = numbered(after.a) / 100
    return torch.allclose(one(a)[0], one(a[:1])[0], rtol=1e-3, atol=1e-4) if len(a) else True


def framed(before, after):
    """Padding is zeros around the picture."""
    torch.manual_seed(0)
    i, o, kernel, stride, padding = after.numbers
    a = numbered(after.a) / 100
    layer = torch.nn.Conv2d(i, o, kernel, stride, padding)
    wide = torch.nn.functional.pad(a, [padding] * 4)
    bare = torch.nn.functional.conv2d(wide, layer.weight, layer.bias, stride)
    return torch.allclose(layer(a), bare, rtol=1e-3, atol=1e-4)


def by_places(before, after):
    """The mean over places flattened is that of the scores turned."""
    torch.manual_seed(0)
    scores = torch.randn(before.a.shape)
    classes = torch.randint(before.a.shape[-1], before.b.shape)
    turned = torch.nn.functional.cross_entropy(scores.movedim(-1, 1), classes)
    flat = torch.nn.functional.cross_entropy(scores.flatten(0, -2), classes.flatten())
    return torch.allclose(turned, flat, equal_nan=True) and after.a.shape[1:] == scores.shape[-1:]


def class_numbers(before, after, dim):
    one_hot = torch.zeros(before.a.shape)
    return one_hot.argmax(dim).shape == after.b.shape and dim == min(len(before.a.shape) - 1, 1)


FIXES = {
    r"Name each dimension once; keep the order you began\.": keeps_order,
    r"Turn the order round\.": lambda q, z: placed(z) == list(range(len(q.a.shape)))[::-1],
    r"The last two: each matrix is turned\.": lambda q, z: torch.equal(
        result(z), numbered(q.a).mT),
    r"The first and the last\.": lambda q, z: torch.equal(
        result(z), numbered(q.a).transpose(0, -1)),
    r"All in one row\.": lambda q, z: result(z).shape == (q.a.numel,),
    rf"From dimension {N} on: what is before it stays\.": lambda q, z, d: (
        result(z).shape == (*q.a.shape[:d], math.prod(q.a.shape[d:]))),
    rf"Dimension {N} does exist\.": lambda q, z, d: z.numbers == (d,) and result(z) is not None,
    rf"Join along dimension {N}: the others are equal\.": lambda q, z, p: z.numbers == (p,) and (
        (0,) in (q.a.shape, q.b.shape)
        or [*q.a.shape[:p], *q.a.shape[p + 1 :]] == [*q.b.shape[:p], *q.b.shape[p + 1 :]]),
    r"All dimensions at once\.": lambda q, z: z.numbers == () and (
        z.op == "squeeze" or result(z).numel() == 1),
    r"reshape copies if it must\.": lambda q, z: z.op == "reshape" and refused(q),
    r"Copy the cells into reading order first; then view\.": lambda q, z: (
        z.op == "view" and numbered(z.a).is_contiguous() and z.a.shape == q.a.shape),
    rf"Dimension 0 keeps its {N} examples, each in a row of its own\.": lambda q, z, n: (
        (not n or torch.equal(result(z).reshape(n, -1), numbered(z.a).reshape(n, -1)))
        and q.a.shape[0] == n == result(z).shape[0]),
    r"−1 lets torch work out that size\.": lambda q, z: -1 in z.numbers,
    r"Sizes that fit\.": lambda q, z: math.prod(z.numbers) == q.a.numel,
    rf"Put in a dimension of size 1 at place {N}: that one can be stretched\.":
        lambda q, z, d: inserted(q, z, "a", d),
    r"As many sizes as a has\.": lambda q, z: len(z.numbers) == len(q.a.shape),
    r"−1 keeps the sizes that cannot be stretched\.": keeps_sizes,
    r"−1 keeps a size; new ones need theirs\.": lambda q, z: (
        -1 not in z.numbers[: len(z.numbers) - len(q.a.shape)]
        and result(z).shape[len(z.numbers) - len(q.a.shape) :] == q.a.shape),
    r"New dimensions come in front of a's own\.": lambda q, z: (
        result(z).shape == (*q.numbers, *q.a.shape)),
    r"−1 is the last one, whatever the size\.": lambda q, z: all(
        item == -1 for item in read_index(z.spec) if isinstance(item, int)),
    r"All of it: slices without a step\.": lambda q, z: all(
        item == slice(None) for item in read_index(z.spec) if isinstance(item, slice)),
    rf"Only the first {N}\.": lambda q, z, n: read_index(z.spec) == read_index(q.spec)[:n],
    rf"Say which way (a|b) lies: size 1 at dimension {N}, one number for each place elsewhere\. "
    r"A sum or a mean does so with keepdim=True\.": lies,
    r"Turn (a|b): swap its last two dimensions\.": swapped,
    rf"Drop dimension {N} of (a|b), which has size 1\.":
        lambda q, z, d, name: inserted(z, q, name, d),
    rf"Give (a|b) a dimension of size 1 at place {N}\.": inserted,
    rf"Give (a|b) a dimension of size 1 at place {N}, so that it can stretch\.":
        lambda q, z, name, d: inserted(q, z, name, d) and z.op in ELEMENTWISE,
    r"Swap the two: the order matters in a matrix product\.": lambda q, z: (
        asked(z, a=z.b.shape, b=z.a.shape) != result(z).shape),
    r"Cell by cell instead of rows by columns\.": lambda q, z: torch.equal(
        result(z), numbered(q.a) * numbered(q.b)),
    r"Put them on top of each other instead: a new dimension\.": lambda q, z: (
        z.op == "stack" and result(z).ndim == len(q.a.shape) + 1),
    r"Join them end to end instead\.": lambda q, z: z.op == "cat",
    r"Make b in the size that a asks for\.": lambda q, z: z.a == q.a,
    r"Make b in the shape of a\.": lambda q, z: z.a.shape == z.b.shape == q.a.shape,
    r"Letters in another order, with which the sizes fit\.": lambda q, z: (
        sorted(z.spec) == sorted(q.spec) and not refused(z)),
    r"Only letters that the inputs have, each once\.": lambda q, z: (
        len(set(read_equation(z.spec).result)) == len(read_equation(z.spec).result)
        and set(read_equation(z.spec).result) <= set(z.spec.partition("->")[0])),
    r"Give the number a dimension of features\.": lambda q, z: z.a.shape == (1,),
    r"One example\.": lambda q, z: z.a.shape == z.numbers[:1],
    rf"One row of {N} features for each of the {N} examples\.": rows,
    rf"Flatten each example to {N} features, and build the layer for these\.": rows,
    r"Build the layer for these features\.": lambda q, z: z.a == q.a,
    r"Feed the features that the layer expects\.": lambda q, z: z.numbers == q.numbers,
    r"Turn a: right only if the examples are its columns\.": lambda q, z: swapped(q, z, "a"),
    rf"Build the layer for {N} channels\.": lambda q, z, n: z.numbers[0] == n == z.a.shape[-3],
    r"Feed the channels it expects\.": lambda q, z: z.numbers == q.numbers,
    r"One picture, as large as the window\.": lambda q, z: (
        z.a.shape[:1] == (1,) and z.a.shape[2:] == (z.numbers[2],) * 2),
    r"If the channels lie last: put them (before the rows|first)\.": lambda q, z, _: (
        z.a.shape[-3] == q.a.shape[-1] and z.a.shape[-2:] == q.a.shape[-3:-1]),
    rf"{N} grey pictures: each has one channel\.": lambda q, z, n: (
        z.a.shape[:2] == (n, 1) and images(q, z)),
    r"One grey picture: it has one channel\.": lambda q, z: z.a.shape == (1, *q.a.shape),
    r"One picture with one channel\.": lambda q, z: z.a.shape == (1, *q.a.shape),
    rf"A window no wider than the picture: {N}\.": lambda q, z, n: (
        z.numbers[-3] <= n == min(q.a.shape[-2:])),
    r"A frame of zeros around it\.": framed,
    r"At most half of the kernel may be padding\.": lambda q, z: (
        2 * z.numbers[2] <= z.numbers[0] and 2 * q.numbers[2] > q.numbers[0]),
    r"A picture that the window fits into\.": lambda q, z: min(z.a.shape[-2:]) >= z.numbers[0],
    r"Put the classes into dimension 1, where cross_entropy looks\.": lambda q, z: (
        z.a.shape[1] == q.a.shape[-1]),
    r"Every place is an example of its own: \(examples, classes\)\.": by_places,
    rf"The number of the right class for each, not a row: one_hot\.argmax\({N}\) makes it\.":
        class_numbers,
}  # fmt: skip
"""What a fix says, to a function of the question before and after that tells whether it is so."""


def untrue_of_fix(before, after, why):
    """``why`` where it is not so, or where nobody tries it; or nothing."""
    for said, tries in FIXES.items():
        if found := re.fullmatch(said, why):
            told = [int(n.replace(",", "")) if n[-1:].isdigit() else n for n in found.groups()]
            return "" if tries(before, after, *told) else why
    return f"nobody tries: {why}"
