"""What each sentence of the shape lab claims of a question, tried on torch and plain Python."""

import ast
import math
import re
from dataclasses import replace

import torch

from groundup.shapes.einsum import read_equation
from groundup.shapes.indexing import read_index
from groundup.tensors.strides import Layout
from tests.shapes.questions import ANSWERS, torchs_error, torchs_shape

N = r"(-?[\d,]*\d)"
DIMS = rf"{N} dimensions?"
SHAPE = r"(\([-\d, ]*\))"


def numbered(layout):
    """A tensor of ``layout`` whose every place in storage holds another number."""
    return torch.arange(max(layout.numel, 1) * 4.0).as_strided(layout.shape, layout.strides)


def result(q):
    return ANSWERS[q.op](q, numbered(q.a), numbered(q.b))


def shares(q):
    a = numbered(q.a)
    made = ANSWERS[q.op](q, a, a)
    return made.untyped_storage().data_ptr() == a.untyped_storage().data_ptr()


def refused(q):
    return torchs_error(q) is not None


def asked(q, **changes):
    """Torch's shape for ``q`` with other shapes, op or numbers."""
    changes |= {name: Layout(changes[name]) for name in ("a", "b") if name in changes}
    return torchs_shape(replace(q, **changes))


def placed(q):
    """The named dimensions counted from 0."""
    return [d % max(len(q.a.shape), 1) for d in q.numbers]


def aligned(q):
    a, b = q.a.shape, q.b.shape
    count = max(len(a), len(b))
    wide = [(1,) * (count - len(s)) + s for s in (a, b)]
    return all(x == y or 1 in (x, y) for x, y in zip(*wide, strict=True))


def meets(q, i, x, j, y):
    a, b = q.a.shape, q.b.shape
    same_place = i - len(a) == j - len(b)
    return (a[i], b[j]) == (x, y) and same_place and x != y and 1 not in (x, y) and refused(q)


def inner(q, k, around):
    a, b, made = q.a.shape, q.b.shape, torchs_shape(q)
    fronts = [s[:-2][::-1] for s in (a, b)]
    front_of_made = made[: len(made) - (len(a) > 1) - (len(b) > 1)][::-1]
    kept = all(n == m for front in fronts for n, m in zip(front, front_of_made, strict=False))
    return a[-1] == b[-2:][0] == k and kept == ("stays" in around)


def left_out(q, *_):
    other = q.a if q.b.shape == (0,) else q.b
    return (0,) in (q.a.shape, q.b.shape) and torchs_shape(q) == other.shape


def stretched(q, *_):
    made, new = result(q), len(q.numbers) - len(q.a.shape)
    before = (1,) * new + q.a.shape
    each = zip(made.shape, before, made.stride(), strict=True)
    changed = [stride for size, was, stride in each if size != was]
    return bool(changed) and set(changed) == {0}


def no_strides(q, strides):
    """Whether no strides read the cells of a in order as ``q.numbers``: tried at every index."""
    flat = numbered(q.a).flatten()
    sizes = torch.zeros(q.a.shape, device="meta").reshape(q.numbers).shape
    cells = flat.reshape(sizes)
    own = [float(cells.select(d, 1).flatten()[0] - flat[0]) if n > 1 else 0.0
           for d, n in enumerate(sizes)]  # fmt: skip
    read = sum((torch.arange(n).reshape([-1 if e == d else 1 for e in range(len(sizes))]) * own[d]
                for d, n in enumerate(sizes)), torch.zeros(sizes)) + flat[0]  # fmt: skip
    return q.a.strides == strides and not torch.equal(read, cells) and refused(q)


def flattened(q):
    """The first and the last dimension that flatten puts together, counted from 0."""
    given = (*q.numbers, *(0, -1)[len(q.numbers) :])
    return [d % max(len(q.a.shape), 1) for d in given]


def new_place(q):
    """Where the new dimension comes, counted from 0."""
    return q.numbers[0] % (len(q.a.shape) + 1)


def used(q):
    """How many dimensions an index names."""
    return sum(isinstance(item, int | slice) for item in read_index(q.spec))


def indexed(q, *_):
    """None: a new 1; a number: one dimension less; a slice: as long as Python's own."""
    items, sizes = list(read_index(q.spec)), list(q.a.shape)
    at = items.index(...) if ... in items else len(items)
    items[at : at + 1] = [slice(None)] * (len(sizes) - used(q))
    kept = [1 if item is None else sizes.pop(0) if isinstance(item, slice) else sizes.pop(0) and ()
            for item in items]  # fmt: skip
    lengths = [
        len(range(kept[n])[item]) if isinstance(item, slice) else kept[n]
        for n, item in enumerate(items)
        if not isinstance(item, int)
    ]
    return torchs_shape(q) == tuple(lengths)


def letters(q):
    """``{letter: its sizes}`` of an equation."""
    equation = read_equation(q.spec)
    pairs = [
        *zip(equation.a, q.a.shape, strict=False),
        *zip(equation.b or "", q.b.shape, strict=False),
    ]
    return {one: {n for letter, n in pairs if letter == one} for one, _ in pairs}


def one_size(q, stretch):
    told = letters(q).values()
    return any(len(sizes) > 1 for sizes in told) == bool(stretch) and all(
        len(sizes - {1}) <= 1 for sizes in told
    )


def summed(q, gone):
    away = gone.split(", ")
    ones = ANSWERS["einsum"](q, torch.ones(q.a.shape), torch.ones(q.b.shape))
    count = math.prod(max(letters(q)[one] - {1}, default=1) for one in away)
    return not set(away) & set(read_equation(q.spec).result) and bool((ones == count).all())


def sides(q, around, kernel, stride):
    made = torchs_shape(q)
    wanted = [math.floor((n + 2 * (around or 0) - kernel) / stride) + 1 for n in q.a.shape[-2:]]
    told = (kernel, stride, around or 0)
    return list(made[-2:]) == wanted and q.numbers[-3:] == told


def lost(q, how):
    """The shape after a sum, worked out in Python."""
    gone, keep = set(placed(q)) or set(range(len(q.a.shape))), how.startswith("shrinks")
    kept = [n if d not in gone else 1 for d, n in enumerate(q.a.shape) if keep or d not in gone]
    return list(torchs_shape(q)) == kept and q.keepdim == keep


def scores(q, b):
    """Whether torch takes class numbers of the shape ``b`` for the scores a."""
    return asked(q, b=b) == ()


def which_places(q, *told):
    places, big, of, size, name, plural = told
    large, small = (q.a.shape, q.b.shape) if big == "a" else (q.b.shape, q.a.shape)
    dims = [int(d) for d in re.findall(r"\d+", places)]
    x = numbered(Layout(large))
    ways = [x.sum(dim).shape == small for dim in dims]
    last = asked(q, op="+", a=large, b=small) == large
    wrong = torch.equal(x - x.sum(dims[-1]), x - x.sum(dims[-1], keepdim=True))
    return (
        name != big
        and all(ways)
        and all(large[d] == size for d in dims)
        and (of == "both") == (len(dims) == 2)
        and bool(plural) == (len(small) > 1)
        and last
        and not wrong
    )


def met(q, cells_a, cells_b, cells, how):
    made = torchs_shape(q)
    pairs = {
        (int(x), int(y))
        for x, y in zip(
            *(torch.arange(n.numel).reshape(n.shape).expand(made).flatten() for n in (q.a, q.b)),
            strict=True,
        )
    }
    several = len(pairs) > max(cells_a, cells_b)
    every = len(pairs) == cells_a * cells_b
    shares_told = several and every == how.startswith("every")
    return (q.a.numel, q.b.numel, math.prod(made)) == (cells_a, cells_b, cells) and shares_told


def mixed(q, *said):
    """Which rows of the result begin in the middle of an example of a, by counting cells."""
    examples, rows, row_shape, row, example, cut = said
    made = torchs_shape(q)
    starts = {r * row % example for r in range(rows)}
    told = (examples, rows, row_shape) == (q.a.shape[0], made[0], made)
    told = told and (row, example) == (math.prod(made[1:]), math.prod(q.a.shape[1:]))
    if count := re.fullmatch(rf"each row holds {N} of them", cut):
        return told and starts == {0} and int(count[1]) * example == row > example
    return told and starts != {0}


def pictures(q, *fronts):
    """Whether torch takes pictures with ``fronts`` before their channels."""
    channels = q.numbers[0] if q.op == "nn.Conv2d" else 1
    window = q.numbers if q.op == "nn.Conv2d" else (2, 1, 0)
    return all(asked(q, a=(*front, channels, 9, 9), numbers=window) for front in fronts)


def kernels(q, outputs, inputs, made):
    weight = torch.nn.Conv2d(*q.numbers).weight
    return tuple(weight.shape[:2]) == (outputs, inputs) and torchs_shape(q)[-3] == outputs == made


CLAIMS = {
    rf"There is no dimension {N}: here they go from {N} to {N}\.":
        lambda q, d, low, high: f"[{low}, {high}], but got {d}" in str(torchs_error(q)),
    rf"Dimension {N} is named more than once\.":
        lambda q, d: placed(q).count(d) > 1 and refused(q),
    r"Both have the same shape: cell meets cell\.":
        lambda q: q.a.shape == q.b.shape == torchs_shape(q),
    r"Aligned from the right, every pair of sizes is equal, or one of them is 1 or missing: that "
    r"one is stretched\.": lambda q: aligned(q) and q.a.shape != q.b.shape,
    rf"Dimension {N} of a has size {N} and meets dimension {N} of b with size {N}\. They differ "
    r"and neither is 1, so nothing can be stretched\.": meets,
    r"A single number has no rows or columns: @ needs at least one dimension on each side\. Use \* "
    r"with a number\.": lambda q: refused(q) and asked(q, op="*") is not None,
    rf"Each row of a has {N} numbers and so has each column of b\. That inner size is summed away; "
    r"(.*)\.": inner,
    rf"A row of a has {N} numbers \(its dimension {N}\) and a (column|vector) of b has {N} \(its "
    rf"dimension {N}\)\. @ multiplies them pair by pair, so these two sizes must be equal\.":
        lambda q, x, i, what, y, j: (
            (q.a.shape[i], q.b.shape[j]) == (x, y) and x != y and refused(q)
            and (i, j) == (len(q.a.shape) - 1, max(len(q.b.shape) - 2, 0))
            and (what == "vector") == (len(q.b.shape) == 1)),
    r"The matrices fit, but the batches in front of them clash\. ":
        lambda q: asked(q, a=q.a.shape[-2:], b=q.b.shape[-2:]) is not None and refused(q),
    r"A single number has no dimension to be joined along\.( Use stack\.)?":
        lambda q, stack: refused(q) and bool(stack)
        == (asked(q, op="stack", numbers=(0,)) is not None),
    rf"a has {DIMS} and b has {N}: (cat joins tensors with equally many|stack puts equal shapes on "
    r"top of each other)\.":
        lambda q, n, m, _: (len(q.a.shape), len(q.b.shape)) == (n, m) and n != m and refused(q),
    rf"(?:Only dimension {N} may differ, where cat joins\. Every other|Stack needs equal shapes: "
    rf"every) dimension must have the same size in both, and dimension {N} has {N} in a but {N} in "
    r"b\.": lambda q, p, d, x, y: (
        (q.a.shape[d], q.b.shape[d]) == (x, y) and x != y and refused(q)
        and (p is None or [p] == placed(q))),
    rf"Joined end to end along dimension {N}: {N} \+ {N} = {N}\. The other sizes are equal and "
    r"stay\.": lambda q, p, x, y, z: (
        (q.a.shape[p], q.b.shape[p], torchs_shape(q)[p]) == (x, y, z) and x + y == z
        and [p] == placed(q) and torch.equal(result(q).narrow(p, 0, x), numbered(q.a))),
    r"A tensor of shape \(0,\) is empty; cat leaves it out\.": left_out,
    rf"Two equal shapes, one new dimension of size 2 at position {N}: index 0 is a, index 1 is b\.":
        lambda q, p: result(q).shape[p] == 2 and p == new_place(q)
        and torch.equal(result(q).select(p, 0), numbered(q.a))
        and torch.equal(result(q).select(p, 1), numbered(q.b)),
    rf"A size cannot be {N}\. Only −1 has a meaning: (work it out|keep the size)\.":
        lambda q, n, _: n in q.numbers and n < -1 and refused(q),
    r"Only one size can be −1: torch works out one unknown, not more\.":
        lambda q: q.numbers.count(-1) > 1 and refused(q),
    rf"a has {N} cells, and {SHAPE} has room for {N}\.": lambda q, cells, sizes, room: (
        (q.a.numel, q.numbers, math.prod(sizes)) == (cells, sizes, room) and cells != room
        and refused(q)),
    r"With a size of 0 beside it, −1 could be any number, so torch will not guess\.":
        lambda q: {0, -1} < set(q.numbers) | {1} and q.a.numel == 0 and refused(q),
    rf"a has {N} cells, which cannot be shared out in groups of {N}(?:: {N} would be left over)?\.":
        lambda q, cells, group, over: (
            q.a.numel == cells and -group == math.prod(q.numbers) and refused(q)
            and (over == cells % group if group else over is None)),
    rf"{N} cells before and after, read row by row\. ": lambda q, cells: (
        cells == q.a.numel == result(q).numel()
        and torch.equal(result(q).flatten(), numbered(q.a).flatten())),
    r"The cells do not lie in that order, so reshape copies them first\.": lambda q: not shares(q),
    r"Nothing moves: it is the same storage, read with these sizes\.": shares,
    r"The same storage, read with these sizes\. Nothing is copied\.": shares,
    r"The number of cells is right\. But view never copies, and no choice of strides reads this "
    rf"storage in that order: a's strides are {SHAPE}\. reshape may copy\.":
        lambda q, strides: no_strides(q, strides) and asked(q, op="reshape") is not None,
    rf"a has {DIMS}, and permute must name each of them once; it got {N}\.":
        lambda q, n, m: len(q.a.shape) == n != m == len(q.numbers) and refused(q),
    r"Same cells, dimensions in another order: only the strides change places\.": lambda q: (
        shares(q) and sorted(result(q).stride()) == sorted(q.a.strides)
        and placed(q) != sorted(placed(q))),
    r"Every dimension stays in its place\.": lambda q: torch.equal(result(q), numbered(q.a)),
    r"Two dimensions change places; the cells stay\.":
        lambda q: shares(q) and len(set(placed(q))) == 2,
    rf"Dimension {N} of size 1 separates nothing: it is dropped\.": lambda q, d: (
        [d] == placed(q) and torchs_shape(q) == q.a.shape[:d] + q.a.shape[d + 1 :]),
    r"Every dimension of size 1 separates nothing: it is dropped\.": lambda q: (
        1 in q.a.shape and torchs_shape(q) == tuple(n for n in q.a.shape if n != 1)),
    r"Nothing to drop: squeeze takes out sizes of 1 only, and raises no error where it finds none"
    r"\.": lambda q: torchs_shape(q) == q.a.shape,
    rf"A new dimension of size 1 at position {N}\. The cells stay where they are\.": lambda q, p: (
        shares(q) and p == new_place(q) and torch.equal(result(q).squeeze(p), numbered(q.a))),
    r"The dimension you name is the one that (.*): along it, all numbers become one\.":
        lambda q, how: bool(q.numbers) and lost(q, how),
    r"No dimension is named, so each (.*): all numbers become one\.":
        lambda q, how: not q.numbers and lost(q, how) and result(q).numel() == 1,
    rf"It would begin at dimension {N}, which is after its end, {N}\.":
        lambda q, first, last: first > last and [first, last] == flattened(q) and refused(q),
    rf"Only dimension {N}: there is nothing to put together\.":
        lambda q, d: [d, d] == flattened(q) and torchs_shape(q) == q.a.shape,
    r"A single number becomes a row of one\.": lambda q: torchs_shape(q) == (1,),
    rf"Dimensions {N} to {N} become one: ([\d, ×]+) = {N}\. The others stay\.":
        lambda q, x, y, product, size: (
            [x, y] == flattened(q) and product == " × ".join(map(str, q.a.shape[x : y + 1]))
            and torchs_shape(q) == (*q.a.shape[:x], size, *q.a.shape[y + 1 :])),
    rf"a has {DIMS}, and expand got {N} sizes: it takes none away\.":
        lambda q, n, m: len(q.a.shape) == n > m == len(q.numbers) and refused(q),
    r"Sizes of 1, and new ones, are stretched by strides of 0: the same cells, read again and "
    r"again\.": stretched,
    r"Every size of a stays: nothing is stretched\.":
        lambda q: result(q).flatten().equal(numbered(q.a).flatten()),
    r"−1 keeps a size, and a new dimension in front has none to keep\.":
        lambda q: -1 in q.numbers[: len(q.numbers) - len(q.a.shape)] and refused(q),
    rf"Dimension {N} of a has size {N}: only a size of 1 can be stretched\.": lambda q, d, n: (
        q.a.shape[d] == n != 1 and q.numbers[d - len(q.a.shape)] not in (-1, n) and refused(q)),
    rf"a has {DIMS}, and the brackets name {N}\.":
        lambda q, n, m: len(q.a.shape) == n < m == used(q) and refused(q),
    r"A single number has no dimension to index\.": lambda q: q.a.shape == () and refused(q),
    rf"A slice's step must be 1 or more, and here it is {N}\.":
        lambda q, step: step < 1 and f":{step}" in q.spec and refused(q),
    rf"Dimension {N} has size {N}: there is no index {N}\.":
        lambda q, d, n, i: q.a.shape[d] == n and i in read_index(q.spec)
        and i not in range(-n, n) and refused(q),
    r"None puts in a dimension of size 1; a number takes its dimension out; a slice keeps it\.":
        indexed,
    rf"The equation gives (a|b) {DIMS}, “(\w*)”, and (a|b) has {N}\.":
        lambda q, name, n, spelled, same, m: (
            name == same and len(spelled) == n != m == len(getattr(q, name).shape) and refused(q)),
    r"“(\w)” stands more than once in the result: each letter may come out once\.":
        lambda q, one: read_equation(q.spec).result.count(one) > 1 and refused(q),
    r"“(\w)” is in the result and in no input, so its size is not known\.":
        lambda q, one: one in read_equation(q.spec).result and one not in letters(q) and refused(q),
    r"One letter, different sizes: (\w): (.*)\.": lambda q, one, told: (
        letters(q)[one] == {int(n) for n in re.findall(r"\d+", told)} and refused(q)),
    r"Each letter is one size(, to which a size of 1 is stretched)?\. ": one_size,
    r"(\w(?:, \w)*) (?:is|are) not in the result: summed away\.": summed,
    r"Nothing is summed\.": lambda q: set(letters(q)) == set(read_equation(q.spec).result),
    r"A single number has no dimension of features: nn\.Linear needs one\.":
        lambda q: q.a.shape == () and refused(q),
    rf"The layer expects {N} features in the last dimension, and a has {N} there \(its dimension "
    rf"{N}\)\.": lambda q, k, x, d: (
        (q.numbers[0], q.a.shape[-1], len(q.a.shape) - 1) == (k, x, d) and k != x and refused(q)),
    rf"The last dimension, {N} features, becomes {N}\. All dimensions in front of it are examples "
    r"and stay\.": lambda q, k, o: (
        q.a.shape[-1] == k and torchs_shape(q) == (*q.a.shape[:-1], o)),
    rf"Every whole number in a picks a row of the table: a new last dimension of {N}\.":
        lambda q, w: torchs_shape(q) == (*q.a.shape, w),
    r"The layer wants \(batch, channels, height, width\), or one picture \(channels, height, "
    rf"width\), and a has {DIMS}\.": lambda q, n: (
        len(q.a.shape) == n not in (3, 4) and refused(q)
        and pictures(q, (), (2,))),
    rf"The layer expects {N} channels, and a has {N} in its dimension {N}\. (A picture|Pictures) "
    r"lies? as \((?:batch, )?channels, height, width\)\.": lambda q, k, x, d, what: (
        k == q.numbers[0] != x == q.a.shape[d] and refused(q) and d == len(q.a.shape) - 3
        and (what == "Pictures") == (len(q.a.shape) == 4)),
    rf"{N} kernels, each looking at all {N} channels, make {N} channels\. ": kernels,
    rf"Each side becomes \(side(?: \+ 2·{N})? − {N}\) ÷ {N} \+ 1, rounded down\.": sides,
    r"A picture without a cell: only the batch may have size 0\.": lambda q: (
        0 in q.a.shape and refused(q) and pictures(q, (0,))),
    r"The padding may be at most half of the kernel\.": lambda q: (
        2 * q.numbers[2] > q.numbers[0] and refused(q)
        and asked(q, a=(1, 9, 9), numbers=(*q.numbers[:2], q.numbers[0] // 2)) is not None),
    r"The largest number of each window is kept; the channels stay\. ": lambda q: (
        result(q).shape[-3] == q.a.shape[-3]
        and (not result(q).numel() or result(q).max() <= numbered(q.a).max())),
    rf"The window is {N} wide, and the picture only {N}(?:, with its padding {N})?\.":
        lambda q, k, n, padded: (
            k == q.numbers[-3] > (padded or n) == n + 2 * q.numbers[-1] and n in q.a.shape[-2:]
            and refused(q)),
    r"a has no dimension of classes: it needs a score for every class\.":
        lambda q: q.a.shape == () and refused(q),
    rf"Dimension 1 of a holds the scores of {N} classes; b has the number of the right class for "
    r"each\. The mean over all is one number\.":
        lambda q, c: q.a.shape[1] == c and torchs_shape(q) == (),
    rf"One example: {N} scores, and the right class's number\.":
        lambda q, c: q.a.shape == (c,) and torchs_shape(q) == (),
    rf"One example has one class: b is {SHAPE}, not \(\)\.":
        lambda q, b: q.b.shape == b and scores(q, ()) and refused(q),
    r"b has a's shape, so torch reads it as probabilities, which are floats; here it holds whole "
    rf"numbers\. Class numbers have the shape {SHAPE}: the classes are left out\.":
        lambda q, b: q.a.shape == q.b.shape and scores(q, b) and refused(q) and torch.nn.functional
        .cross_entropy(numbered(q.a), numbered(q.b)).shape == (),
    rf"a has {DIMS}, so b must be {SHAPE}; it is {SHAPE}: {DIMS} too (many|few)\.":
        lambda q, n, wanted, b, far, more: (
            len(q.a.shape) == n and q.b.shape == b and scores(q, wanted) and refused(q)
            and len(b) - len(wanted) == (far if more == "many" else -far)),
    rf"For scores of {SHAPE}, the class numbers must have the shape {SHAPE}; b is {SHAPE}\.":
        lambda q, a, wanted, b: (q.a.shape, q.b.shape) == (a, b) and scores(q, wanted)
        and refused(q),
    r" The classes must be dimension 1 of a, not the last\.":
        lambda q: asked(q, a=(q.a.shape[0], q.a.shape[-1], *q.a.shape[1:-1])) == (),
    rf"PyTorch accepts it, but look: {N} cells and {N} cells became {N}\. Both tensors were "
    r"stretched, so (.*)\. If you meant cell by cell, the shapes must be equal\.": met,
    rf"Dimensions (.*) of (a|b) are (both|all) {N} long, so (a|b) fits in more than one way\. "
    r"PyTorch aligns from the right: (?:a|b) lies along the last dimension(s)?, and is repeated "
    r"along dimension 0\. If (?:a|b) is a sum or mean of (?:a|b) over another dimension, that is "
    r"wrong, and no error says so\. Keep that dimension with keepdim=True, or say which way it "
    r"lies\.": which_places,
    rf"It fits, but look: {N} examples? became {N} rows\. A row of {SHAPE} holds {N} numbers and "
    rf"an example {N}, so (.*)\. Write the batch's size in front and let −1 be the rest\.": mixed,
}  # fmt: skip
"""What a sentence says, to a function that tells whether it is so of the question."""


def untrue(q, text):
    """The first sentence of ``text`` that is not so of ``q``, or that nobody tries; or nothing."""
    while text:
        found = next(((m, tries) for said, tries in CLAIMS.items() if (m := re.match(said, text))),
                     None)  # fmt: skip
        if found is None:
            return f"nobody tries: {text}"
        if not found[1](q, *map(_read, found[0].groups())):
            return found[0][0]
        text = text[found[0].end() :]
    return ""


def _read(group):
    """A number or a shape as Python's own."""
    if group and re.fullmatch(N, group):
        return int(group.replace(",", ""))
    return ast.literal_eval(group) if group and re.fullmatch(SHAPE, group) else group
