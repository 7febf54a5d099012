"""Other modules' functions and other signs: refused at their place, with what to write."""

import math
import re

import numpy as np
import pytest
import torch

from groundup.autograd.slopes import look, typed
from groundup.language.program import ProgramError, check


def refusal(text):
    with pytest.raises(ProgramError) as refused:
        check(text)
    return refused.value


X = torch.tensor([[1.0, 2.0, 3.0], [0.5, 4.0, 2.5]], dtype=torch.float64)


@pytest.mark.parametrize(
    ("call", "twin"),
    [
        ("np.max(x)", "x.max()"),
        ("np.sqrt(x)", "torch.sqrt(x)"),
        ("numpy.absolute(x - 2)", "torch.abs(x - 2)"),
        ("np.sum(x, axis=1)", "x.sum(dim=1)"),
        ("np.mean(x * 2)", "torch.mean(x * 2)"),
        ("np.multiply(x + 1, x)", "(x + 1) * x"),
        ("np.power(x, 2)", "torch.pow(x, 2)"),
        ("np.exp(x)", "torch.exp(x)"),
    ],
)
def test_numpys_functions_are_refused_with_their_twin_which_computes_the_same(call, twin):
    refused = refusal(f"a = x * 1\ny = {call}")
    assert (refused.line, refused.column) == (2, 5)
    (named,) = re.findall("Write `(.*)`", refused.reason)
    assert named == twin
    wanted = eval(call, {"np": np, "numpy": np, "x": X.numpy()})
    got = check(f"y = {named}").evaluate({"x": X})["y"]
    assert np.allclose(got.numpy(), wanted)


@pytest.mark.parametrize(
    "call",
    [
        *(
            f"{module}.{name}"
            for module in ("math", "np", "whatever")
            for name in ("sqrt", "exp", "log", "sin", "tanh", "erf", "expm1")
        ),
        "math.fabs",
    ],
)
def test_a_modules_function_of_one_number_has_a_twin(call):
    name = call.partition(".")[2]
    (named,) = re.findall("Write `(.*)`", refusal(f"y = {call}(x)").reason)
    got = check(f"y = {named}").evaluate({"x": torch.tensor(0.7, dtype=torch.float64)})["y"]
    assert got.item() == pytest.approx(getattr(math, name)(0.7), rel=1e-12)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("y = torch.nn.functional.mse_loss(x, t)", "Write `F.mse_loss(x, t)`"),
        ("y = np.linalg.norm(x)", "norm cannot be called here"),
        ("y = y0.grad.sum()", "reading an attribute"),
    ],
)
def test_modules_within_modules_and_attributes_are_told_apart(text, says):
    assert says in refusal(text).reason


@pytest.mark.parametrize("text", ["y = np * 2\nz = np.exp()", "y = foo.sum()", "y = x.max(t)"])
def test_a_tensor_may_be_called_what_it_likes(text):
    assert check(text).inputs


@pytest.mark.parametrize("space", "\u00a0\u2003\u2009\u202f\u3000")
def test_spaces_that_look_plain_are_plain(space):
    program = check(f"y = x{space}*{space}2")
    assert program.text == "y = x * 2\n"
    assert typed(f"w{space}** 2").source == typed("w ** 2").source
    assert look(typed(f"w{space}** 2").text).failure is None


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("y = 3 × x", 7, "“×” (U+00D7, MULTIPLICATION SIGN) is no sign of Python. Write `*`."),
        ("y = x − 1", 7, "MINUS SIGN) is no sign of Python. Write `-`."),
        ("y = x ＋ 1", 7, "FULLWIDTH PLUS SIGN) is no sign of Python. Write `+`."),
        ("y = （x） * 2", 5, "FULLWIDTH LEFT PARENTHESIS) is no sign of Python. Write `(`."),
        ("y = x²", 6, "SUPERSCRIPT TWO) is no sign of Python. Write `** 2`."),
        ("y = “x” * 2", 5, "LEFT DOUBLE QUOTATION MARK"),
        ("y = x\u200b * 2", 6, "an unseen U+200B, ZERO WIDTH SPACE, is no sign of Python."),
        ("y = x^2", 5, "A power is `**`"),
        ("y ^= x", 1, "A power is `**`"),
    ],
)
def test_typographic_signs_are_refused_by_name(text, column, says):
    refused = refusal(text)
    assert (refused.line, refused.column) == (1, column)
    assert says in refused.reason


def test_any_sign_may_stand_in_a_comment_and_any_letter_in_a_name():
    assert check("ŷ = θ * x  # 3 × “x” − 1").output == "ŷ"
