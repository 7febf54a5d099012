"""What the little language says when it refuses: the numbers, the causes, and what it proposes."""

import re

import pytest
import torch

from groundup.language import vocabulary
from groundup.language.cost import MAX_TOUCHED
from groundup.language.evaluate import MAX_DIMENSIONS, MAX_ELEMENTS
from groundup.language.program import ProgramError, check


def refusal(text, shapes=None):
    with pytest.raises(ProgramError) as caught:
        check(text).sizes(shapes or {})
    return caught.value.reason


def lines(count, line="y = x"):
    return "\n".join([line] * count)


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        (f"y = x  # {'a' * 3_990}", f"y = x  # {'a' * 3_991}", "4,001 characters; 4,000 are"),
        (lines(200), lines(201), "this is statement 201"),
        (lines(100, "y = -x * 2 + 1 - 3 / 4"), lines(101, "y = -x * 2 + 1 - 3 / 4"), "505 oper"),
        (f"y = {'(' * 40}x{')' * 40}", f"y = {'(' * 41}x{')' * 41}", "may nest 40 deep"),
        (f"y = {'x' * 24}", f"y = {'x' * 25}", "longer than 24 characters"),
        (
            "y = " + " + ".join(f"x{i}" for i in range(12)),
            "y = " + " + ".join(f"x{i}" for i in range(13)),
            "x12 would be input 13; 12 are the most",
        ),
        ("y = x + 9007199254740992", "y = x + 9007199254740993", "too large"),
        ("y = x + 2 ** 53", "y = x + 2 ** 53 * 2", "too large"),
    ],
)
def test_a_bound_is_where_the_refusal_says(good, bad, says):
    assert check(good)
    assert says in refusal(bad)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("y = x" + " + x" * 130, "this expression is too long. Split it"),
        (lines(199, f"y = exp({'1, ' * 18}x)")[:3_990].rpartition("\n")[0], ""),
        (lines(90, "y = torch.tensor([[[[1,1,1]]]])"), ""),
        ("y = torch.tensor([" + "0," * 1_980 + "])", ""),
        ("y = torch.tensor([" + "-0," * 1_320 + "])", "operations; 500 are the most"),
        ("y = 'a'", "a text in quotes is not"),
        ("y = f'{x}'", "a text in quotes is not"),
        ("y = True", "only a number, such as 2 or -0.5"),
        ("y = x * (3 @ 4)", "these are plain numbers: use *"),
        ("y = x * (1 / 0)", "divides by zero"),
        ("y = x * 0 ** -1", "divides by zero"),
        ("y = x * 9.0 ** 999", "too large"),
        ("y = x * (0 - 8) ** 0.5", "root of a negative"),
        ("y =", "this is not Python ("),
        ("y = x; z = x", "';' cannot be used here"),
        ("y =\tx", "a tab cannot be used here"),
        ("y, z = x, x", "assign to a single name"),
        ("y = z = x", "assign to a single name"),
        ("y[0] = x", "assign to a single name"),
        ("y: int = x", "a type behind a name is not in this language"),
        ("x.exp()", "this line makes no name"),
        ("y = [x, x]", "a list or tuple stands in a call only"),
        ("y = (x, x)", "a list or tuple stands in a call only"),
        ("y = x % 2", "this operator is not in this language"),
        ("y = exp", "exp is a function: call it as `exp(…)`, or choose another name"),
        ("exp = x", "exp is a function: call it as `exp(…)`, or choose another name"),
        ("y = tensor", "tensor is a function: call it as `tensor(…)`"),
        ("print = x", "print cannot be a name here. Choose another, such as w1"),
        ("y = (5).exp()", "a plain number has no exp()"),
        ("y = torch.tensor(1, 2)", "torch.tensor with one list, or one number"),
        ("y = exp(x, out=x)", "no such setting here. There are: alpha, beta, dim"),
        ("y = x.grad", "reading an attribute (a dot with no call) is not"),
        ("import torch", "import (torch is there already) is not"),
        ("y = x.numpy()", ".numpy cannot be called here"),
        ("y = F.exp(x)", "F.exp cannot be called here"),
        ("y = torch.t(x)", "torch.t cannot be called here"),
        ("y = torch.mse_loss(x, x)", "torch.mse_loss cannot be called here"),
        ("y = numpy(x)", "numpy cannot be called here"),
        ("y = exp(x)(x)", "only a function's name can be called"),
        ("", "there is nothing here yet"),
        ("y = 3", "no tensor is in it"),
    ],
)
def test_a_refusal_names_what_is_the_matter(text, says):
    if says:
        assert says in refusal(text)
    else:
        assert check(text)


def test_a_text_of_many_short_lines_is_not_called_a_long_expression():
    text = lines(198, "y = x + 1 - x * 2")
    assert "there are 594 operations" in refusal(text)
    assert "the text is too long" in refusal(lines(166, "y=exp(x,x,x,x,x,x)+x+x"))


def test_what_is_proposed_can_be_written():
    for text in ("z = x * y", "y = x ** 2", "y = torch.tensor([1.0])", "w1 = x", "y = x * 2 - -0.5",
                 "y = x * (a + b)", "y = exp(x)", "y = x.sum()", "y = mse_loss(y, t)",
                 "y = torch.tensor(1)"):  # fmt: skip
        assert check(text)
    for sign in ("+", "-", "*", "/", "**", "@"):
        assert sign in vocabulary.ALLOWED
        assert check(f"y = x {sign} a")
        assert check(f"x {sign}= a")
    known = refusal("y = numpy(x)").partition("What can: ")[2].removesuffix(".").split(", ")
    assert set(known) == {*vocabulary.TORCH, *vocabulary.FUNCTIONAL}
    for name in known:
        inside = "1.0" if name == "tensor" else "x"
        assert check(f"y = {name}({inside}) + x")
    settings = refusal("y = exp(x, out=x)").partition("There are: ")[2].removesuffix(".")
    for setting in settings.split(", "):
        assert check(f"y = exp(x, {setting}=1)")
    assert torch  # imported for the reader, as the refusal of an import says


@pytest.mark.parametrize("name", vocabulary.METHODS)
def test_a_plain_number_has_none_of_the_tensors_functions(name):
    for number in (5, 0.5):
        assert not hasattr(number, name)


def test_the_size_in_a_refusal_is_torchs():
    x = torch.zeros(65, 1)
    made = x * x.T
    said = refusal("y = x * x.t()", {"x": (65, 1)})
    assert f"a tensor of {made.numel():,} numbers. Tensors here may hold up to 4,096" in said
    assert check("y = x * x.t()").shapes({"x": (64, 1)})["y"] == (64, 64)
    assert "the input x is too large" in refusal("y = x + 1", {"x": (MAX_ELEMENTS + 1,)})
    assert check("y = x + 1").shapes({"x": (MAX_ELEMENTS,)})
    deep = "y = x" + ".unsqueeze(0)" * 16
    assert check(deep).shapes({"x": ()})["y"] == (1,) * MAX_DIMENSIONS
    assert "17 dimensions are too many: 16 are" in refusal(deep + ".unsqueeze(0)", {"x": ()})
    assert "several results at once" in refusal("y = x.max(dim=0)", {"x": (3,)})
    assert isinstance(torch.zeros(3).max(dim=0), tuple)


def test_what_a_program_counts_as_is_added_up():
    """A product of two 64 × 64: no tensor is spread out, and it is more than each holds."""
    line = "y = x @ x"
    shapes = {"x": (64, 64)}
    one = check(line).sizes(shapes).touched
    fits = MAX_TOUCHED // one
    assert check(lines(fits, line)).sizes(shapes).touched == one * fits
    said = refusal(lines(fits + 1, line), shapes)
    counted, so_far, most = (
        int(n.replace(",", ""))
        for n in re.search(
            r"as ([\d,]+) numbers .* as ([\d,]+); ([\d,]+) are the most", said
        ).groups()
    )
    assert (counted, so_far, most) == (one, one * (fits + 1), MAX_TOUCHED)
    assert counted > MAX_ELEMENTS
    assert "more than any of its tensors holds" in said
