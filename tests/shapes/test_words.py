"""The sentences of the shape lab, each tried against torch where it would be false."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.shapes.fixes import fixes
from groundup.shapes.lab import Lab, read
from groundup.shapes.rules import Question, judge
from groundup.tensors.strides import Layout
from tests.shapes.claims import untrue
from tests.shapes.fix_claims import untrue_of_fix
from tests.shapes.questions import SHAPES, new_questions
from tests.shapes.test_new_operations import NEW, asked, judged
from tests.shapes.test_shape_lab import CLASHES, labs
from tests.shapes.test_shapes import DIM, layouts, pairs, products, targets


@st.composite
def moves(draw):
    """Reductions and moves of one tensor, mostly with dimensions that it has."""
    op = draw(st.sampled_from(["permute", "squeeze", "unsqueeze", "sum", "mean", "transpose"]))
    layout = draw(layouts())
    count = {"unsqueeze": 1, "transpose": 2}.get(op)
    most = {"squeeze": 1}.get(op, 3)
    dims = draw(st.lists(DIM, min_size=count or 0, max_size=count or most).map(tuple))
    if op == "permute" and draw(st.booleans()):
        dims = tuple(draw(st.permutations(range(len(layout.shape)))))
    return Question(op, layout, numbers=dims, keepdim=op in {"sum", "mean"} and draw(st.booleans()))


@st.composite
def stretched_both(draw):
    sizes = draw(st.lists(st.tuples(st.integers(1, 4), st.sampled_from("abc")), max_size=4))
    return tuple(tuple(1 if one == name else n for n, one in sizes) for name in "ab")


@st.composite
def questions(draw):
    kind = draw(st.sampled_from(["pair", "reshape", "move", "linear", "new"]))
    if kind == "pair":
        op = draw(st.sampled_from(["@", "@", "+", "/", "cat", "stack"]))
        a, b = draw(products() if op == "@" else st.one_of(pairs(), stretched_both()))
        return Question(op, Layout(a), Layout(b), (draw(DIM),) if op in {"cat", "stack"} else ())
    if kind == "reshape":
        layout, sizes = draw(targets())
        return Question(draw(st.sampled_from(["reshape", "view"])), layout, numbers=sizes)
    if kind == "linear":
        inputs, outputs = draw(st.integers(1, 4)), draw(st.integers(1, 4))
        return Question("nn.Linear", Layout(draw(SHAPES)), numbers=(inputs, outputs))
    return draw(moves() if kind == "move" else new_questions(NEW))


@given(questions())
@settings(max_examples=700, deadline=None)
def test_every_sentence_of_a_verdict_is_so(q):
    verdict = judge(q)
    if judged(q):
        assert untrue(q, verdict.why) == ""
        assert untrue(q, verdict.trap) == ""


@pytest.mark.parametrize(
    ("q", "says"),
    [
        (asked("reshape", (0, 3), numbers=(0, -1)), "torch will not guess"),
        (asked("reshape", (2, 3), numbers=(-1, -1, -1)), "Only one size can be −1"),
        (asked("einsum", (2, 3), (4, 5), spec="ij,jk->ik"), "j: 3 and 4"),
        (asked("einsum", (2, 3), spec="ij->jjj"), "more than once"),
        (asked("einsum", (2, 1), (3, 5), spec="ij,jk->ik"), "a size of 1 is stretched"),
        (asked("einsum", (2, 3), spec="ij->"), "i, j are not in the result"),
        (asked("+", (4, 1, 5), (1, 3, 5)), "each cell met several"),
        (asked("+", (5,), (5, 1)), "every cell of a met every cell of b"),
        (asked("-", (4, 4, 4), (4, 4)), "Dimensions 0, 1 and 2 of a are all 4 long"),
        (asked("view", (6, 2), numbers=(-1, 4)), "each row holds 2 of them"),
        (asked("view", (1, 16), numbers=(-1, 8)), "1 example became 2 rows"),
        (asked("expand", (1,), numbers=(-2,)), "A size cannot be -2"),
        (asked("expand", (2, 3), numbers=(2, 3)), "nothing is stretched"),
        (asked("permute", (2, 3), numbers=(0, 1)), "stays in its place"),
        (asked("transpose", (2, 3), numbers=(1, -1)), "stays in its place"),
        (asked("squeeze", (1, 1), numbers=(0,)), "Dimension 0 of size 1"),
        (asked("sum", (2, 3)), "No dimension is named"),
        (asked("flatten", ()), "a row of one"),
        (asked("cat", (), (3,), (0,)), "joined along."),
        (asked("@", (2, 1, 3, 4), (5, 4, 6)), "the batches in front are stretched"),
        (asked("@", (2, 2, 3), (3, 2)), "what is around it stays"),
        (asked("nn.Conv2d", (3, 2, 2), numbers=(3, 2, 5, 1, 1)), "with its padding 4"),
        (asked("nn.Conv2d", (4, 9, 9), numbers=(3, 2, 5, 1, 1)), "A picture lies as"),
        (asked("cross_entropy", (4, 3), (4, 1, 1)), "2 dimensions too many"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.op,
)
def test_what_is_said_at_the_edges_is_so(q, says):
    verdict = judge(q)
    assert says in verdict.why + verdict.trap
    assert untrue(q, verdict.why) + untrue(q, verdict.trap) == ""


@given(labs())
@settings(max_examples=150, deadline=None)
def test_every_sentence_of_a_fix_is_so(lab):
    try:
        offered = fixes(lab)
    except ValueError:
        return
    for fix in offered:
        assert untrue_of_fix(read(lab), read(fix.lab), fix.why) == ""


@pytest.mark.parametrize(
    "lab",
    [
        *CLASHES,
        Lab("nn.Linear", "2, 3, 4, 5", numbers="7, 2"),
        Lab("nn.Linear", "2, 3, 4, 5", numbers="60, 2"),
        Lab("transpose", "2, 3, 4", numbers="1, 3"),
        Lab("transpose", "3", numbers="1, 2"),
        Lab("view", "2, 3, 4", numbers="5, 4"),
        Lab("view", "1, 6", numbers="5, 4"),
        Lab("index", "2, 3", numbers=":, 5"),
        Lab("stack", "2, 3", "3", "0"),
        Lab("cat", "2, 3", "3", "0"),
        Lab("nn.Conv2d", "5", numbers="2, 3, 5, 1, 2"),
        Lab("nn.Conv2d", "1, 2, 3, 3", numbers="2, 3, 5"),
        Lab("cross_entropy", "3", "3"),
        Lab("cross_entropy", "2, 3, 4", "2, 3, 4"),
        Lab("einsum", "1, 3", "3, 2", "ij,ij->ij"),
    ],
    ids=lambda lab: f"{lab.op} {lab.a} {lab.b}",
)
def test_what_is_said_of_the_fix_of_a_common_mistake_is_so(lab):
    for fix in fixes(lab):
        assert untrue_of_fix(read(lab), read(fix.lab), fix.why) == ""
