"""The sizes that are said to clash are those for which torch refuses, and no others."""

import re

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from groundup.figures.theme import DARK, LIGHT
from groundup.figures.your_code.operands import clashing
from groundup.your_code.clashes import Operand, clash
from groundup.your_code.running import for_visitors, ran

SIZES = st.integers(1, 4)


def operand(name, sizes):
    return Operand(name, str(sizes), tuple(sizes))


def refused(do):
    try:
        do()
    except RuntimeError:
        return True
    return False


@given(st.lists(SIZES, min_size=1, max_size=3), st.lists(SIZES, min_size=1, max_size=3))
def test_of_a_sum_the_sizes_clash_where_torch_refuses(a, b):
    found = clash("+", [operand("a", a), operand("b", b)])
    assert (found is not None) == refused(lambda: torch.ones(a) + torch.ones(b))
    if found:
        meet = a[found.left_dim], b[found.right_dim]
        assert f"{meet[0]} meets {meet[1]}, and neither is 1" in found.said
        assert meet[0] != meet[1]


@given(st.lists(SIZES, min_size=1, max_size=2), st.lists(SIZES, min_size=1, max_size=2))
def test_of_a_product_the_sizes_clash_where_torch_refuses(a, b):
    found = clash("@", [operand("a", a), operand("b", b)])
    assert (found is not None) == refused(lambda: torch.ones(a) @ torch.ones(b))
    if found:
        what = "numbers" if len(b) == 1 else "rows"
        assert found.said == f"A row of a has {a[-1]} numbers, and b has {b[0]} {what}."


@given(st.lists(SIZES, min_size=1, max_size=3), SIZES, SIZES)
def test_of_a_layer_the_sizes_clash_where_torch_refuses(x, wide, tall):
    weight = operand("net.out.weight", (tall, wide))
    found = clash("net.out", [operand("x", x), weight, operand("net.out.bias", (tall,))])
    assert (found is not None) == refused(lambda: torch.nn.Linear(wide, tall)(torch.ones(x)))
    if found:
        assert found.right.sizes == (wide, tall)
        assert found.said == (
            f"Each row of x has {x[-1]} numbers; net.out was built for rows of {wide}."
        )


def test_what_is_no_clash_of_two_tensors_is_none():
    assert clash("view", [operand("a", (2, 3)), Operand("4", "4")]) is None
    assert clash("torch.cat", [operand("a", (2, 3)), operand("b", (4,))]) is None
    assert clash("+", [operand("a", ()), operand("b", (4,))]) is None


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_drawing_is_to_scale_and_crosses_the_sizes_that_clash(colours):
    part = ran(
        "import torch\na = torch.ones(20, 8)\nb = torch.ones(4, 1)\nc = a @ b\n", for_visitors()
    ).part
    svg = clashing(part.clash, colours)
    first, second = (
        (float(wide), float(tall))
        for wide, tall in re.findall(r"width:([\d.]+)px;height:([\d.]+)px;border", svg)
    )
    assert first[1] / first[0] == pytest.approx(20 / 8)
    assert second[1] / first[1] == pytest.approx(4 / 20)
    assert re.findall("✗ (\\d+)<", svg) == ["8", "4"]
    assert svg.count(colours.red) == 2
    assert part.clash.said in svg
