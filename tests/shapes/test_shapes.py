"""The shape rules, held against torch itself."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.shapes import rules
from groundup.shapes.rules import Question, judge
from groundup.tensors.strides import Layout
from tests.shapes.questions import SHAPES, SIZES, tensor_of, torchs_answer, torchs_shape

DIM = st.integers(-4, 4)
hundreds = settings(max_examples=400, deadline=None)


@st.composite
def pairs(draw):
    """Two shapes: often related, because two random ones nearly always clash."""
    a = draw(SHAPES)
    kind = draw(st.integers(0, 3))
    b = draw(SHAPES) if kind == 0 else a
    if kind > 1 and a:
        at = draw(st.integers(0, len(a) - 1))
        b = (*a[:at], draw(SIZES), *a[at + 1 :])[draw(st.integers(0, 1)) :]
    return (a, b) if draw(st.booleans()) else (b, a)


@given(pairs(), st.sampled_from("+-*/"))
@hundreds
def test_elementwise_operations_broadcast_as_torch_does(pair, op):
    q = Question(op, Layout(pair[0]), Layout(pair[1]))
    assert judge(q).result == torchs_shape(q)


@st.composite
def products(draw):
    a, b = draw(pairs())
    if draw(st.booleans()) and a and b:
        inner = draw(SIZES)
        a = (*a[:-1], inner)
        b = (*b[:-2], inner, b[-1]) if len(b) > 1 else (inner,)
    return a, b


@given(products())
@hundreds
def test_matmul_contracts_the_sizes_that_torch_contracts(pair):
    q = Question("@", Layout(pair[0]), Layout(pair[1]))
    assert judge(q).result == torchs_shape(q)


@given(pairs(), st.sampled_from(["cat", "stack"]), DIM)
@hundreds
def test_cat_and_stack_join_what_torch_joins(pair, op, dim):
    q = Question(op, Layout(pair[0]), Layout(pair[1]), (dim,))
    assert judge(q).result == torchs_shape(q)


@st.composite
def layouts(draw):
    """Contiguous, transposed, permuted or expanded tensors."""
    layout = Layout(draw(SHAPES))
    order = draw(st.permutations(range(len(layout.shape))))
    shape = tuple(layout.shape[d] for d in order)
    strides = tuple(
        0 if layout.shape[d] > 1 and draw(st.integers(0, 9)) == 0 else layout.strides[d]
        for d in order
    )
    return Layout(shape, strides)


@st.composite
def targets(draw):
    """A layout and sizes for it, mostly with the right number of cells."""
    layout = draw(layouts())
    sizes: tuple[int, ...] = draw(st.lists(st.integers(-2, 4), max_size=4).map(tuple))
    if draw(st.integers(0, 3)):
        left, found = layout.numel, []
        while left > 1:
            factor = draw(st.sampled_from([d for d in range(1, left + 1) if left % d == 0]))
            found.append(factor)
            left //= factor
            if len(found) > 3:
                found.append(left)
                break
        sizes = tuple(found)
        if sizes and draw(st.booleans()):
            at = draw(st.integers(0, len(sizes) - 1))
            sizes = (*sizes[:at], -1, *sizes[at + 1 :])
    return layout, sizes


@given(targets(), st.sampled_from(["reshape", "view"]))
@hundreds
def test_reshape_and_view_take_the_sizes_that_torch_takes(target, op):
    layout, sizes = target
    q = Question(op, layout, numbers=sizes)
    assert judge(q).result == torchs_shape(q)


@given(targets())
@hundreds
def test_reshape_says_whether_it_copies(target):
    layout, sizes = target
    verdict = judge(Question("reshape", layout, numbers=sizes))
    if verdict.result is None or layout.numel == 0:
        return
    a = tensor_of(layout)
    copied = a.reshape(sizes).untyped_storage().data_ptr() != a.untyped_storage().data_ptr()
    assert copied == ("copies" in verdict.why)


@given(SHAPES, st.lists(DIM, max_size=4).map(tuple), st.data())
@hundreds
def test_permute_orders_what_torch_orders(shape, dims, data):
    if data.draw(st.booleans()):
        dims = tuple(data.draw(st.permutations(range(len(shape)))))
    q = Question("permute", Layout(shape), numbers=dims)
    assert judge(q).result == torchs_shape(q)


@given(SHAPES, st.lists(DIM, max_size=1).map(tuple))
@hundreds
def test_squeeze_and_unsqueeze_agree_with_torch(shape, dims):
    squeeze = Question("squeeze", Layout(shape), numbers=dims)
    assert judge(squeeze).result == torchs_shape(squeeze)
    unsqueeze = replace(squeeze, op="unsqueeze", numbers=dims or (0,))
    assert judge(unsqueeze).result == torchs_shape(unsqueeze)


@given(
    SHAPES, st.lists(DIM, max_size=3).map(tuple), st.booleans(), st.sampled_from(["sum", "mean"])
)
@hundreds
def test_reductions_lose_the_dimensions_that_torch_loses(shape, dims, keepdim, op):
    q = Question(op, Layout(shape), numbers=dims, keepdim=keepdim)
    assert judge(q).result == torchs_shape(q)


@given(SHAPES, st.integers(1, 4), st.integers(1, 4))
@settings(max_examples=500, deadline=None)
def test_linear_takes_the_last_dimension_that_torch_takes(shape, inputs, outputs):
    q = Question("nn.Linear", Layout(shape), numbers=(inputs, outputs))
    assert judge(q).result == torchs_shape(q)


def repaired(q: Question, clashes: tuple[rules.Part, ...]) -> Question:
    """The question with b's size (the layer's, for Linear) made a's, at each of ``clashes``."""
    if q.op == "nn.Linear":
        return replace(q, numbers=(q.a.shape[-1], q.numbers[1])) if clashes else q
    sizes = list(q.b.shape)
    for clash in clashes:
        sizes[clash.b_dim] = clash.a
    return replace(q, b=Layout(tuple(sizes)))


@given(st.one_of(pairs(), products()), st.sampled_from(["@", "+", "*", "cat", "stack"]), DIM)
@hundreds
def test_the_blamed_dimensions_and_no_others_are_to_blame(pair, op, dim):
    q = Question(op, Layout(pair[0]), Layout(pair[1]), (dim,))
    clashes = judge(q).clashes
    if not clashes:
        return
    if op != "stack" or -len(pair[0]) - 1 <= dim <= len(pair[0]):
        assert torchs_shape(repaired(q, clashes)) is not None
    for clash in clashes:
        others = tuple(c for c in clashes if c is not clash)
        assert torchs_shape(repaired(q, others)) is None


@given(pairs())
@settings(max_examples=500, deadline=None)
def test_the_clash_named_first_is_the_one_torch_names(pair):
    q = Question("+", Layout(pair[0]), Layout(pair[1]))
    if judge(q).clashes:
        with pytest.raises(RuntimeError) as error:
            torchs_answer(q)
        last = judge(q).clashes[-1]
        assert f"({last.a})" in str(error.value)
        assert f"({last.b})" in str(error.value)


@pytest.mark.parametrize(
    ("a", "b", "trap"),
    [
        ((5,), (5, 1), True),
        ((3,), (3, 1), True),
        ((4, 1), (1, 3), True),
        ((3, 4), (4,), False),
        ((3, 4), (3, 1), False),
        ((3,), (), False),
        ((1, 1), (4,), False),
        ((27, 27), (27,), True),
        ((27,), (27, 27), True),
        ((8, 8, 3), (8, 3), True),
        ((8, 3, 3), (3, 3), False),
        ((27, 27), (27, 1), False),
        ((27, 27), (1, 27), False),
        ((27, 27), (), False),
        ((1, 1), (1,), False),
    ],
)
def test_the_silent_traps_are_named_and_ordinary_broadcasting_is_not(a, b, trap):
    assert bool(judge(Question("-", Layout(a), Layout(b))).trap) is trap
