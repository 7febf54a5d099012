"""What is drawn of a tensor: its values, its places in storage, its attributes."""

import math
from itertools import product

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.engine.observe import run
from groundup.figures.tensors.grid import fact_texts, portrait
from groundup.figures.tensors.storage import storage_picture
from groundup.tensors.grid import grid, value_texts, values
from groundup.tensors.lessons import NEW_VALUE, storage
from groundup.tensors.storage import cell_arithmetic, cell_place, size_text, storage_texts
from groundup.tensors.strides import Layout, index_at

SHAPES = st.lists(st.integers(0, 4), max_size=4).map(tuple)


@given(SHAPES, st.integers(0, 10**6))
@settings(max_examples=150, deadline=None)
def test_every_drawn_cell_shows_torchs_value_at_its_index(shape, seed):
    t = torch.randn(shape, generator=torch.Generator().manual_seed(seed))
    for cell in grid(t).cells:
        shown = float(cell.text.replace("−", "-"))
        assert shown == pytest.approx(t[cell.index].item(), rel=1e-3)
        assert t.flatten()[cell.flat] == t[cell.index]


@given(SHAPES)
@settings(max_examples=100, deadline=None)
def test_a_small_tensor_is_drawn_whole(shape):
    t = torch.zeros(shape)
    if t.numel() <= 100:
        assert sorted(c.flat for c in grid(t).cells) == list(range(t.numel()))


@pytest.mark.parametrize("shape", [(1000,), (40, 50), (10, 20, 30), (9, 9, 9, 9), (1000, 1000)])
def test_a_large_tensor_keeps_the_three_cells_at_each_end_that_torchs_repr_keeps(shape):
    t = torch.arange(math.prod(shape)).reshape(shape)
    ends = [[*range(3), *range(size - 3, size)] for size in shape]
    assert {c.index for c in grid(t).cells} == set(product(*ends))
    assert all(int(c.text) == t[c.index] for c in grid(t).cells)


def test_five_dimensions_are_described_and_not_drawn():
    assert grid(torch.zeros(2, 2, 2, 2, 2)) is None
    assert "described" in portrait("t", torch.zeros(2, 2, 2, 2, 2)).data["panels"][0]["says"]


@pytest.mark.parametrize(
    ("given_values", "texts"),
    [
        ([True, False], ["True", "False"]),
        ([1, -2], ["1", "−2"]),
        ([1.0, -2.0], ["1.", "−2."]),
        ([0.5, 1.0, 1 / 3], ["0.5000", "1.000", "0.3333"]),
        ([math.nan, math.inf, -math.inf], ["NaN", "∞", "−∞"]),
    ],
)
def test_values_are_written_with_four_digits_and_without_a_blank(given_values, texts):
    assert value_texts(given_values) == texts


@pytest.mark.parametrize("dtype", [torch.float8_e4m3fn, torch.float8_e5m2, torch.bfloat16])
def test_narrow_floats_show_the_value_that_is_stored(dtype):
    assert values(torch.tensor([0.3]).to(dtype)) == [torch.tensor([0.3]).to(dtype).double().item()]


@given(SHAPES.filter(lambda s: len(s) > 0), st.data())
@settings(max_examples=150, deadline=None)
def test_the_stride_arithmetic_finds_each_cell_in_the_storage(shape, data):
    t = torch.arange(math.prod(shape)).reshape(shape)
    t = t.permute(data.draw(st.permutations(range(t.ndim))))
    start = data.draw(st.integers(0, max(t.shape[0] - 1, 0)))
    t = t[start:]
    texts = storage_texts(t)
    for flat in range(min(t.numel(), 96)):
        index = index_at(flat, tuple(t.shape))
        place = cell_place(t, index)
        written = cell_arithmetic(t, index)
        assert eval(written.partition("=")[0].replace("·", "*")) == place
        if place < 96:
            assert texts[place] == str(t[index].item())


@given(SHAPES)
@settings(max_examples=100, deadline=None)
def test_contiguous_strides_are_torchs(shape):
    assert Layout(shape).strides == torch.zeros(shape).stride()


def pair(made):
    return {name: made[name] for name in ("t", "other")}


@pytest.mark.parametrize(
    ("other", "is_view"),
    [
        ("t.T", True),
        ("t.permute(1, 0)", True),
        ("t.reshape(columns, rows)", True),
        ("t[:, ::2]", True),
        ("t[0].expand(rows, columns)", True),
        ("t.clone()", False),
        ("t.T.reshape(-1)", False),
        ("t.T.contiguous().view(-1)", False),
    ],
)
@pytest.mark.parametrize("name", ["t", "other"])
def test_writing_into_one_shows_in_the_other_exactly_if_it_is_a_view(other, is_view, name):
    index = "0" if "-1" in other and name == "other" else "0, 0"
    made = run(storage(other, 3, 4, f"{name}[{index}]").text).variables
    changed = {n: NEW_VALUE in made[n].flatten().tolist() for n in ("t", "other")}
    assert changed == {name: True, ({"t", "other"} - {name}).pop(): is_view}
    picture = storage_picture(pair(made), NEW_VALUE)
    marked = {p["id"] for p in picture.data["panels"] if p["marks"].get("changed")}
    assert marked >= {n for n, is_changed in changed.items() if is_changed}
    assert ("storage of other" in {p["id"] for p in picture.panels}) == (not is_view)


def test_one_place_behind_an_expanded_tensor_lights_every_cell_that_reads_it():
    made = run(storage("t[0].expand(rows, columns)", 3, 4, "").text).variables
    links = storage_picture(pair(made), NEW_VALUE).links
    assert links["storage"][1] == {"storage": [1], "t": [1], "other": [1, 5, 9]}


def test_viewing_a_transpose_as_one_row_fails_in_torch_and_leaves_t_to_be_drawn():
    failed = run(storage("t.T.view(-1)", 3, 4, "").text)
    assert failed.failure.kind == "RuntimeError"
    assert storage_picture({"t": failed.variables["t"]}, NEW_VALUE).panels


@pytest.mark.parametrize("written", ["t", "u[0]", "t[0", "t[0]; import os", "__import__('os')"])
def test_only_the_name_of_a_cell_can_be_written_into(written):
    with pytest.raises(ValueError, match="names no cell"):
        storage("t.T", 3, 4, written)


def test_the_facts_are_torchs():
    t = torch.zeros(2, 3, dtype=torch.float64).T
    assert fact_texts(t) == [
        (".shape", "(3, 2)"),
        (".dtype", "torch.float64"),
        (".device", "cpu"),
        (".ndim", "2"),
        (".numel()", "6"),
        (".stride()", "(1, 3)"),
        (".is_contiguous()", "False"),
        (".nbytes", "6 × 8 = 48 bytes"),
    ]


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "1 byte"), (9999, "9,999 bytes"), (4 * 10**6, "4 MB"), (6.4e13, "64 TB")],
)
def test_bytes_are_written_in_units_a_person_can_read(count, text):
    assert size_text(int(count)) == text
