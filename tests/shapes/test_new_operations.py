"""Layers, losses, einsum, indexing, flatten and expand, held against torch; and torch's words."""

import pytest
from hypothesis import given, settings

from groundup.shapes.rules import Question, judge
from groundup.shapes.torch_calls import layout_after
from groundup.shapes.words import words
from groundup.tensors.strides import Layout
from tests.shapes.questions import new_questions, torchs_answer, torchs_error, torchs_shape

NEW = ("flatten", "transpose", "expand", "index", "einsum", "nn.Conv2d", "nn.MaxPool2d",
       "nn.Embedding", "cross_entropy")  # fmt: skip


def judged(q):
    """Whether the lab judges ``q``: torch makes nonsense of a size of 0 here, or has no class."""
    if q.op == "expand":
        return 0 not in (*q.numbers, *q.a.shape)
    return q.op != "cross_entropy" or 0 not in q.a.shape[len(q.a.shape) > 1 :][:1]


@given(new_questions(NEW))
@settings(max_examples=1000, deadline=None)
def test_new_operations_give_the_shapes_that_torch_gives(q):
    if judged(q):
        assert judge(q).result == torchs_shape(q)


@given(new_questions(NEW))
@settings(max_examples=1000, deadline=None)
def test_an_error_is_worded_as_torch_words_it_when_it_is_made_for_real(q):
    error = torchs_error(q)
    if error is None or not judged(q):
        return
    said = words(q, 7)
    assert (said.kind, said.message, said.line) == (type(error).__name__, str(error), 7)


@given(new_questions(("flatten", "transpose", "expand", "index")))
@settings(max_examples=500, deadline=None)
def test_the_layout_after_a_move_has_torchs_strides(q):
    if judge(q).result is not None:
        made = torchs_answer(q)
        assert layout_after(q) == Layout(tuple(made.shape), tuple(made.stride()))


def asked(op, a, b=(), numbers=(), spec=""):
    return Question(op, Layout(a), Layout(b), numbers, spec=spec)


@pytest.mark.parametrize(
    ("q", "says"),
    [
        (
            asked("+", (2, 64, 150, 150), (2, 64, 152, 152)),
            "The size of tensor a (150) must match the size of tensor b (152) at non-singleton "
            "dimension 3",
        ),
        (
            asked("nn.Linear", (8, 4095), numbers=(4096, 14336)),
            "mat1 and mat2 shapes cannot be multiplied (8x4095 and 4096x14336)",
        ),
        (
            asked("@", (32, 512, 4096), (4095, 14336)),
            "mat1 and mat2 shapes cannot be multiplied (16384x4096 and 4095x14336)",
        ),
        (
            asked("cat", (10**6, 10**6), (10**6, 5), (0,)),
            "Sizes of tensors must match except in dimension 0. Expected size 1000000 but got size "
            "5 for tensor number 1 in the list.",
        ),
        (
            asked("nn.Conv2d", (64, 1, 224, 224), numbers=(3, 64, 7, 2, 3)),
            "Given groups=1, weight of size [64, 3, 7, 7], expected input[64, 1, 224, 224] to have "
            "3 channels, but got 1 channels instead",
        ),
        (
            asked("cross_entropy", (10**6, 50257), (10**6, 1)),
            "0D or 1D target tensor expected, multi-target not supported",
        ),
    ],
    ids=lambda value: value.op if isinstance(value, Question) else "",
)
def test_sizes_of_real_models_get_the_words_of_a_real_device(q, says):
    assert judge(q).result is None
    assert words(q).message == says


@pytest.mark.parametrize(
    ("q", "result"),
    [
        (asked("flatten", (32, 64, 7, 7), numbers=(1,)), (32, 3136)),
        (asked("/", (27, 3), (27,)), None),
        (asked("nn.Linear", (1, 4096), numbers=(4096, 14336)), (1, 14336)),
        (asked("index", (27, 27), spec=":, None"), (27, 1, 27)),
        (asked("nn.Conv2d", (64, 3, 224, 224), numbers=(3, 64, 7, 2, 3)), (64, 64, 112, 112)),
    ],
    ids=lambda value: value.op if isinstance(value, Question) else "",
)
def test_cases_from_the_field(q, result):
    assert judge(q).result == result
