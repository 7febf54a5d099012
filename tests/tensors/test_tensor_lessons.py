"""Making tensors from what a learner types: what is accepted, and what is refused how."""

import ast

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.engine import lesson
from groundup.engine.literals import read_data
from groundup.engine.observe import run
from groundup.tensors import lessons as make

NUMBERS = st.one_of(
    st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, width=32)
)


@st.composite
def nested(draw):
    """Lists of numbers of one kind, nested evenly up to four levels."""
    kind = draw(st.sampled_from([st.booleans(), st.integers(-99, 99), st.floats(-9, 9)]))
    shape = draw(st.lists(st.integers(1, 3), max_size=4))
    data = draw(kind)
    for size in shape:
        data = [data] * size
    return data


@given(nested().filter(lambda data: len(repr(data)) <= 2_000))
@settings(max_examples=150, deadline=None)
def test_typed_data_becomes_the_tensor_that_torch_makes_of_it(data):
    finished = run(make.from_data(repr(data), "cpu").text)
    assert torch.equal(finished.variables["t"], torch.tensor(data))


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_with_a_sentence(text):
    try:
        literal = read_data(text)
    except ValueError as refusal:
        sentence = str(refusal)
    else:
        sentence = f"This is read: {ast.literal_eval(literal)!r}."
    assert sentence.endswith((".", "]")), sentence


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[1, 2], [3]]", "ragged"),
        ("[1, [2]]", "ragged"),
        ("['a', 'b']", "text"),
        ("[" * 10 + "1" + "]" * 10, "deeper than 4"),
        ("[" * 900 + "]" * 900, "deeper than 4"),
        ("[" * 3 + "1", "Make them match"),
        ("[" + "1," * 10**6 + "]", "characters"),
        ("[1, 2", "square brackets"),
        ("__import__('os').system('ls')", "cannot be read"),
        ("[x for x in (1, 2)]", "cannot be read"),
        ("2**9999999", "cannot be read"),
        ("[9223372036854775808]", "does not fit"),
        ("9" * 1999, "does not fit"),
        ("{1: 2}", "dictionary"),
        ("[1j]", "complex"),
        ("[None]", "not a number"),
        ("", "Type some numbers"),
    ],
)
def test_what_is_no_tensor_gets_a_sentence_that_says_what_to_change(text, says):
    with pytest.raises(ValueError, match=says):
        make.from_data(text, "cpu")


@pytest.mark.parametrize("text", ["3", "1e999", "[]", "[[], []]", "(1, 2)", " [1] ", "[1, 2.5]"])
def test_unusual_but_good_data_runs(text):
    assert run(make.from_data(text, "cpu").text).failure is None


@pytest.mark.parametrize("maker", ["rand", "randn", "zeros", "ones", "full", "eye"])
def test_a_tensor_made_from_a_shape_has_it(maker):
    made = run(make.from_shape(maker, "3, 4", 7.5, 0, "cpu").text)
    assert made.variables["t"].shape == (3, 4)
    assert maker != "full" or made.variables["t"].eq(7.5).all()
    assert maker != "eye" or torch.equal(made.variables["t"], torch.eye(3, 4))


def test_eye_takes_one_or_two_sizes_and_says_so():
    assert run(make.from_shape("eye", "3", 0.0, 0, "cpu").text).variables["t"].shape == (3, 3)
    with pytest.raises(ValueError, match="one or two"):
        make.from_shape("eye", "2, 3, 4", 0.0, 0, "cpu")


@pytest.mark.parametrize("size", ["1001, 1000", "1000000000, 1000000", "99999, 99999, 99999"])
def test_more_than_a_million_cells_are_described_and_not_allocated(size):
    made = run(make.from_shape("rand", size, 0.0, 0, "cpu").text)
    assert made.variables["t"].is_meta
    assert "meta" in made.text


def test_a_million_cells_are_made():
    made = run(make.from_shape("rand", "1000, 1000", 0.0, 0, "cpu").text)
    assert made.variables["t"].device.type == "cpu"


@pytest.mark.parametrize(
    ("numbers", "made"),
    [
        (("0", "10", "2"), torch.arange(0, 10, 2)),
        (("0.0", "1", "0.25"), torch.arange(0.0, 1, 0.25)),
        (("5", "0", "-1"), torch.arange(5, 0, -1)),
    ],
)
def test_a_range_is_torchs(numbers, made):
    t = run(make.from_range(*numbers, "cpu").text).variables["t"]
    assert torch.equal(t, made)
    assert t.dtype == made.dtype


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        (("0", "10", "0"), "never arrives"),
        (("0", "10", "-1"), "sign"),
        (("0", "ten", "1"), "ten"),
        (("0", "1e12", "1e-9"), "longer step"),
        (("0", "1e99", "1"), "no number"),
        (("", "3", "1"), "no number"),
    ],
)
def test_a_range_that_cannot_be_is_refused(numbers, says):
    with pytest.raises(ValueError, match=says):
        make.from_range(*numbers, "cpu")


def test_linspace_is_torchs():
    t = run(make.from_linspace("0", "1", 5, "cpu").text).variables["t"]
    assert torch.equal(t, torch.linspace(0, 1, 5))


@pytest.mark.parametrize(
    "maker", ["rand_like", "randn_like", "zeros_like", "ones_like", "full_like"]
)
@pytest.mark.parametrize("dtype", ["float32", "float64", "bfloat16", "float16"])
def test_a_mimic_has_the_templates_shape_and_the_chosen_dtype(maker, dtype):
    made = run(make.like(maker, dtype, "[[1, 2], [3, 4]]", 0, "cpu").text).variables["t"]
    assert made.shape == (2, 2)
    assert made.dtype == getattr(torch, dtype)


def test_random_numbers_in_the_likeness_of_whole_ones_fail_in_torch():
    failed = run(make.like("rand_like", "the template's", "[1, 2]", 0, "cpu").text)
    assert failed.failure is not None
    assert torch.equal(failed.variables["template"], torch.tensor([1, 2]))


def test_what_an_array_can_and_what_only_a_tensor_can():
    done = run(lesson.load("array_or_tensor").text)
    array, t = done.variables["array"], done.variables["t"]
    assert type(array) is np.ndarray
    assert (2 * array + 1).tolist() == (2 * t + 1).tolist() == [3, 5, 7]
    names = done.variables["names"]
    assert [name for name in names if name in dir(np.ndarray) or name not in dir(t)] == []
    with pytest.raises(ValueError, match="cpu"):
        array.to_device("cuda")
    assert f"only the tensor has:   {names}" in done.output
    assert t.grad.tolist() == (2 * array).tolist()
    assert done.output.splitlines()[-1].endswith(str(t.grad.tolist()))
