"""Questions for the shape lab, drawn at random, and torch's own answers to them."""

import torch
from hypothesis import strategies as st
from torch.nn import functional

from groundup.shapes.einsum import read_equation
from groundup.shapes.indexing import read_index, written
from groundup.shapes.rules import Question
from groundup.tensors.strides import Layout

SIZES = st.sampled_from([0, 1, 1, 2, 3, 4])
SHAPES = st.lists(SIZES, max_size=4).map(tuple)
PICTURES = st.lists(st.sampled_from([0, 1, 2, 3, 4, 6, 9]), min_size=2, max_size=5).map(tuple)
DIM = st.integers(-3, 3)


def whole(low, high):
    return st.integers(low, high)


NUMBERS = {
    "flatten": st.lists(DIM, max_size=2).map(tuple),
    "transpose": st.tuples(DIM, DIM),
    "nn.Conv2d": st.tuples(whole(1, 4), whole(1, 4), whole(1, 4), whole(1, 3), whole(0, 2)),
    "nn.MaxPool2d": st.tuples(whole(1, 4), whole(1, 3), whole(0, 2)),
    "nn.Embedding": st.tuples(whole(1, 5), whole(1, 4)),
}


@st.composite
def indices(draw):
    one = st.sampled_from([":", "None", "0", "1", "-1", "1:", "::2", ":2", "2:1", "-2:", "::-1"])
    items = draw(st.lists(one, min_size=1, max_size=4))
    if draw(st.booleans()):
        items.insert(draw(whole(0, len(items))), "...")
    return written(read_index(", ".join(items)))


@st.composite
def equations(draw):
    """An equation and shapes for it, which mostly have a size for each letter."""
    letters = st.text("ijkl", max_size=3)
    a, b = draw(letters), draw(st.none() | letters)
    known = a + (b or "")
    sizes = {letter: draw(SIZES) for letter in "ijkl"}
    result = draw(st.none() | st.text("ijkl", max_size=3) | st.permutations(sorted(set(known))))
    arrow = "" if result is None else "->" + "".join(result)
    inputs = a if b is None else f"{a},{b}"
    spec = read_equation(inputs + arrow if inputs + arrow else "ij").text
    shapes = [tuple(sizes[letter] for letter in side) for side in (a, b or "")]
    for at in (0, 1):
        if draw(whole(0, 4)) == 0:
            shapes[at] = draw(SHAPES)
    return spec, *shapes


@st.composite
def expansions(draw):
    shape = tuple(n or 1 for n in draw(SHAPES))
    kept = [draw(st.sampled_from([-1, n, n if n > 1 else 4])) for n in shape]
    front = draw(st.lists(st.sampled_from([-1, 1, 2, 3]), max_size=2))
    sizes = draw(st.sampled_from([[*front, *kept], kept[1:], [3, *kept[1:]]]))
    return shape, tuple(sizes)


@st.composite
def targets(draw):
    shape = tuple(draw(SHAPES))
    if shape:
        at = min(len(shape) - 1, 1)
        shape = (*shape[:at], draw(whole(1, 3)), *shape[at + 1 :])
    fitting = (*shape[:1], *shape[2:]) if len(shape) > 1 else ()
    others = st.sampled_from([fitting, fitting, (*fitting, 1), shape, shape[:1], shape[:-1]])
    return shape, draw(others | SHAPES)


@st.composite
def new_questions(draw, ops):
    """A question with one of ``ops``, which came to the lab after its first fourteen."""
    op = draw(st.sampled_from(ops))
    if op == "einsum":
        spec, a, b = draw(equations())
        return Question(op, Layout(a), Layout(b), spec=spec)
    if op == "cross_entropy":
        a, b = draw(targets())
        return Question(op, Layout(a), Layout(b))
    if op == "expand":
        a, sizes = draw(expansions())
        return Question(op, Layout(a), numbers=sizes)
    if op == "index":
        return Question(op, Layout(draw(SHAPES)), spec=draw(indices()))
    shape = draw(PICTURES if "2d" in op else SHAPES)
    numbers = draw(NUMBERS[op])
    if op == "nn.Conv2d" and len(shape) > 2 and draw(st.booleans()):
        numbers = (max(shape[-3], 1), *numbers[1:])
    return Question(op, Layout(shape), numbers=numbers)


def tensor_of(layout: Layout) -> torch.Tensor:
    return torch.zeros(max(layout.numel, 1) * 4).as_strided(layout.shape, layout.strides)


ANSWERS = {
    "@": lambda q, a, b: a @ b,
    "+": lambda q, a, b: a + b,
    "-": lambda q, a, b: a - b,
    "*": lambda q, a, b: a * b,
    "/": lambda q, a, b: a / b,
    "cat": lambda q, a, b: torch.cat([a, b], *q.numbers),
    "stack": lambda q, a, b: torch.stack([a, b], *q.numbers),
    "reshape": lambda q, a, b: a.reshape(q.numbers),
    "view": lambda q, a, b: a.view(q.numbers),
    "flatten": lambda q, a, b: a.flatten(*q.numbers),
    "permute": lambda q, a, b: a.permute(q.numbers),
    "transpose": lambda q, a, b: a.transpose(*q.numbers),
    "squeeze": lambda q, a, b: a.squeeze(*q.numbers),
    "unsqueeze": lambda q, a, b: a.unsqueeze(*q.numbers),
    "expand": lambda q, a, b: a.expand(q.numbers),
    "index": lambda q, a, b: eval(f"a[{q.spec}]", {"a": a}),
    "sum": lambda q, a, b: a.sum(q.numbers or None, keepdim=q.keepdim),
    "mean": lambda q, a, b: a.mean(q.numbers or None, keepdim=q.keepdim),
    "einsum": lambda q, a, b: torch.einsum(q.spec, *((a, b) if "," in q.spec else (a,))),
    "nn.Linear": lambda q, a, b: torch.nn.Linear(*q.numbers)(a),
    "nn.Conv2d": lambda q, a, b: torch.nn.Conv2d(*q.numbers)(a),
    "nn.MaxPool2d": lambda q, a, b: torch.nn.MaxPool2d(*q.numbers)(a),
    "nn.Embedding": lambda q, a, b: torch.nn.Embedding(*q.numbers)(a.long()),
    "cross_entropy": lambda q, a, b: functional.cross_entropy(a, b.long()),
}


def torchs_answer(q: Question) -> torch.Tensor:
    return ANSWERS[q.op](q, tensor_of(q.a), tensor_of(q.b))


def torchs_error(q: Question) -> Exception | None:
    """What torch raises when it is asked for real."""
    try:
        torchs_answer(q)
    except (RuntimeError, IndexError, ValueError) as error:
        return error
    return None


def torchs_shape(q: Question) -> tuple[int, ...] | None:
    return None if torchs_error(q) else tuple(torchs_answer(q).shape)
