"""What a dtype can hold: nudges, spacing, ranges, promotion, and updates that vanish."""

import math
import re

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.engine.lesson import load
from groundup.engine.observe import Run, run
from groundup.engine.snapshot import number
from groundup.figures.tensors import dtypes as figures
from groundup.figures.theme import DARK, LIGHT
from groundup.tensors.dtypes import (
    ENDLESS,
    NO_NUMBER,
    NO_SIGN,
    STOPS,
    TRUE,
    WRAPS,
    about_guess,
    about_misfits,
    about_updates,
    nudge_rows,
    nudges,
    promotion_table,
    range_rows,
    spacing_rows,
)

FLOATS = [torch.float32, torch.float64]


def variables(name, **settings):
    done = run(load(name).set(**settings).text)
    assert done.failure is None, done.failure
    return done.variables


def test_the_article_s_nudge_moves_float32_and_no_whole_number():
    found = {n.dtype: n for n in nudges(variables("nudge"))}
    for name in ("uint8", "int8", "int16", "int32", "int64", "bfloat16"):
        assert found[name].moved == 0
        assert found[name].verdict == "✗ vanished"
    assert found["float32"].verdict == "✓ moved"
    # Near 3 the float16 numbers stand 2⁻⁹ apart, so 0.001 is rounded up to one whole step.
    assert found["float16"].moved == 2**-9
    assert {"float8_e4m3fn", "float8_e5m2", "float16", "float64"} <= set(found)


@given(st.floats(0.001, 60_000), st.floats(1e-6, 100))
@settings(max_examples=40, deadline=None)
def test_what_is_stored_is_within_half_a_step_of_what_was_asked(value, nudge):
    for found in nudges(variables("nudge", value=value, nudge=nudge)):
        if found.dtype in {"float16", "bfloat16", "float32", "float64"}:
            info = torch.finfo(getattr(torch, found.dtype))
            step = info.eps * max(value + nudge, info.tiny)
            assert abs(found.after - (value + nudge)) <= step / 2 or math.isinf(found.after)


@given(st.floats(1e-7, 1e7))
@settings(max_examples=40, deadline=None)
def test_the_spacing_is_nextafters(value):
    made = variables("spacing", value=value)
    for dtype in FLOATS:
        name = str(dtype).removeprefix("torch.")
        near = torch.tensor(value, dtype=torch.float64).float().to(dtype)
        near = made["ladder"][-1].to(dtype)
        following = torch.nextafter(near, torch.tensor(math.inf, dtype=dtype))
        assert made["spacing"][name] == following.double() - near.double()


def test_the_spacing_at_one_is_epsilon_for_every_dtype():
    made = variables("spacing", value=1.0)
    for name, info in made["info"].items():
        assert made["spacing"][name] == info.eps


def test_every_drawn_neighbour_can_be_held_exactly():
    made = variables("spacing", value=3.0)
    for name, near in made["neighbours"].items():
        assert torch.equal(near.to(getattr(torch, name)).double(), near)
        assert len(set(near.tolist())) > 40


def test_numbers_that_do_not_fit_are_named_and_not_blank():
    rows = {row["dtype"]: row for row in spacing_rows(variables("spacing", value=1e8))}
    assert rows["float16"]["stores"] == "∞"
    assert rows["float8_e4m3fn"]["to the next number"] == "✗ does not fit"
    assert rows["float32"]["to the next number"] == "8"
    at_its_end = {row["dtype"]: row for row in spacing_rows(variables("spacing", value=65504.0))}
    assert at_its_end["float16"]["to the next number"] == "none: the largest"
    too_big = {n["dtype"]: n for n in nudge_rows(nudges(variables("nudge", value=100_000.0)))}
    assert too_big["float16"]["stored before"] == "∞"
    assert too_big["float16"][""] == "✗ 100000 does not fit"


def holds(name, wanted):
    """Whether the dtype can hold ``wanted``, cut to a whole number or as the nearest float, which
    is never farther than half of its own spacing."""
    if name == "bool":
        return 0 <= wanted <= 1
    dtype = getattr(torch, name)
    if not dtype.is_floating_point:
        return torch.iinfo(dtype).min <= math.trunc(wanted) <= torch.iinfo(dtype).max
    if name == "float8_e8m0fnu":
        return wanted > 0
    got = torch.tensor(wanted, dtype=torch.float64).to(dtype).double().item()
    info = torch.finfo(dtype)
    # float8_eXmY has Y bits behind the point; torch says too small an eps of float8_e5m2fnuz.
    eps = 2.0 ** -int(name.partition("m")[2][0]) if "float8" in name else info.eps
    return math.isfinite(got) and abs(got - wanted) <= max(eps * abs(wanted) / 2, info.tiny)


EDGES = (0.0, -1.0, 0.5, 1.0, 2.0, 127.0, 128.0, -128.5, -129.0, 255.9, 300.0, 460.0, 500.0)


@pytest.mark.parametrize("value", [*EDGES, 32_767.0, -32_769.0, 65_519.0, 65_521.0, 100_000.0])
def test_what_does_not_fit_a_dtype_is_said_alike_for_all_of_them(value):
    found = nudges(variables("nudge", value=value, nudge=1.0))
    for n in found:
        fits = all(holds(n.dtype, asked) for asked in (value, value + 1))
        assert (n.outcome == "does not fit") == (not fits), n
        assert ("does not fit" in n.verdict) == (not fits)
    said = about_misfits(found)
    assert all((f"`{n.dtype}`" in said) == bool(n.misfit) for n in found)


def test_how_a_number_that_does_not_fit_is_stored_is_what_torch_did():
    found = {n.dtype: n for value in (300.0, 1e5, -5.0) for n in nudges(
        variables("nudge", value=value, nudge=1.0)) if n.misfit}  # fmt: skip
    for n in found.values():
        asked, stored = n.asked, n.before
        if n.misfit == WRAPS:
            # A whole turn of the integer's 2^bits away.
            assert (math.trunc(asked) - stored) % 2 ** (8 * n.bytes) == 0
        if n.misfit in (ENDLESS, NO_NUMBER):
            assert math.isinf(stored) == (n.misfit == ENDLESS)
            assert math.isnan(stored) == (n.misfit == NO_NUMBER)
        if n.misfit == STOPS:
            assert abs(stored) == torch.finfo(getattr(torch, n.dtype)).max
        assert (n.misfit == TRUE) == (n.dtype == "bool")
    assert {n.misfit for n in found.values()} >= {WRAPS, ENDLESS, NO_NUMBER, TRUE, NO_SIGN}
    assert not about_misfits(nudges(variables("nudge", value=0.0, nudge=1.0))[:2])


def test_whole_limits_are_printed_whole():
    printed = run(load("ranges").text).output
    for dtype in (torch.int8, torch.int16, torch.int32, torch.int64):
        info = torch.iinfo(dtype)
        assert f"{info.min:,} to {info.max:,}\n" in printed


def test_ranges_are_those_of_finfo_and_iinfo():
    made = variables("ranges")
    rows = {row["dtype"]: row for row in range_rows(made)}
    assert (rows["int8"]["smallest"], rows["int8"]["largest"]) == ("−128", "127")
    assert rows["int64"]["largest"] == f"{2**63 - 1:,}"
    # The largest float16: every one of the 10 + 1 digits is 1, and the exponent is 15.
    assert made["largest"]["float16"] == (2 - 2**-10) * 2**15
    assert made["epsilon"]["bfloat16"] == 2**-7
    assert rows["float8_e4m3fn"]["largest"] == "448"
    assert rows["bool"]["epsilon"] == "—"


@pytest.mark.parametrize("operation", ["+", "/", "//", "=="])
def test_the_promotion_table_is_what_torch_does(operation):
    made = variables("promotion", operation=operation)
    names, table = promotion_table(made)
    do = {
        "+": lambda a, b: a + b,
        "/": lambda a, b: a / b,
        "//": lambda a, b: a // b,
        "==": lambda a, b: a == b,
    }[operation]
    for row, left in enumerate(names):
        for column, right in enumerate(names):
            try:
                result = do(made["operands"][left], made["operands"][right])
                expected = str(getattr(result, "dtype", "no tensor")).removeprefix("torch.")
            except RuntimeError:
                expected = "error"
            assert table[row][column] == expected


def test_whole_numbers_cannot_be_learned_however_they_are_asked():
    words = set()
    for asked in ("when it is made", "afterwards"):
        failed = run(load("integer_grad").set(asked=asked, learnable="int64").text)
        assert failed.failure.kind == "RuntimeError"
        words.add(failed.failure.message)
        learned = run(load("integer_grad").set(asked=asked, learnable="float32").text)
        assert torch.equal(learned.variables["w"].grad, torch.tensor([2.0, 4.0, 6.0]))
    assert len(words) == 2


def test_a_million_small_updates_vanish_in_bfloat16_alone():
    """Ten of the thousand rounds: the first one already shows that nothing moves."""
    done = run_epochs(10)
    assert set(done.columns["in_bfloat16"]) == {1.0}
    assert done.columns["in_float32"][-1] == pytest.approx(1.01, rel=1e-3)


def run_epochs(count):
    return Run(load("updates").text).finish(epochs=count)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_pictures_carry_the_numbers(colours):
    found = nudges(variables("nudge"))
    drawn = figures.nudge_figure(found, 0.001, colours)
    shares = {y: x for trace in drawn.data for x, y in zip(trace.x, trace.y, strict=True)}
    assert shares == {n.dtype: 0 if n.misfit else n.share for n in found}
    named = drawn.layout.yaxis.ticktext
    assert list(drawn.layout.yaxis.tickvals) == [re.sub("<.*?>", "", name) for name in named]
    assert {name for name in named if "<b>" in name} == {f"<b>{n}</b>" for n in figures.LOOK_AT}
    far = variables("spacing", value=1e8)
    drawn = figures.number_line(far, colours)
    assert {trace.y[0] for trace in drawn.data} == set(far["names"])
    made = variables("spacing", value=3.0)
    line = figures.number_line(made, colours)
    ticks = {trace.y[0]: list(trace.x) for trace in line.data}
    assert all(x in made["neighbours"]["float16"].tolist() for x in ticks["float16"])
    stairs = figures.spacing_figure(made, colours)
    assert {trace.name for trace in stairs.data if trace.name} == set(made["names"])
    names, table = promotion_table(variables("promotion"))
    heat = figures.promotion_figure(names, table, colours).data[0]
    assert [list(row) for row in heat.customdata] == table
    columns = run_epochs(2).columns
    weights = figures.updates_figure(columns, 1e-6, colours)
    assert list(weights.data[2].y) == list(columns["in_float32"])


KIND = {
    torch.bool: 0,
    torch.uint8: 1,
    torch.int8: 1,
    torch.int32: 1,
    torch.int64: 1,
} | dict.fromkeys((torch.float16, torch.bfloat16, torch.float32, torch.float64), 2)


@pytest.mark.parametrize("own", KIND)
def test_what_is_told_of_numbers_and_single_tensors_is_what_torch_does(own):
    x = torch.ones(2, dtype=own)
    for one in (True, 3, 1.5):
        default = torch.tensor(one).dtype
        kept = KIND[default] <= KIND[own]
        assert (x + one).dtype == (own if kept else default)
    for other in KIND:
        kept = KIND[other] <= KIND[own]
        assert (x + torch.ones((), dtype=other)).dtype == (own if kept else other)


def test_the_spacing_doubles_from_the_smallest_normal_number_on_only():
    def spacing(value):
        at = torch.tensor(value)
        return float(torch.nextafter(at, at * 4 + 1) - at)

    smallest = torch.finfo(torch.float32).smallest_normal
    assert spacing(4.0) == 2 * spacing(2.0)
    assert spacing(2 * smallest) == 2 * spacing(smallest)
    assert spacing(smallest) == spacing(smallest / 2) == spacing(smallest / 1024)


@pytest.mark.parametrize("update", [1e-6, 1e-7, 3e-7, 1e-5, 1e-3])
def test_why_a_million_updates_end_where_they_do_is_computed(update):
    """Against a million additions by NumPy."""
    weight, step = np.float32(1), np.float32(update)
    for _ in range(1_000_000):
        weight += step
    halves, floats = about_updates(update, {"bfloat16": 1.0, "float32": float(weight)})
    assert "every single one is rounded away" in halves
    first = float(np.float32(1) + step) - 1
    assert f"which is {number(first)}" in floats
    assert number(first / 2**-23, 3) in floats
    assert ("a million of them are" in floats) == (float(weight) == 1 + 1e6 * first)
    last = float(weight + step) - float(weight)
    assert ("From 2 on" in floats) == (weight >= 2)
    assert weight < 2 or f"moves it by {number(last)}." in floats


def test_what_a_million_updates_of_a_millionth_make_is_what_the_lesson_ends_with():
    """A tenth of it, in which float32 takes the same step every time."""
    column = run_epochs(100).columns["in_float32"]
    assert column[-1] == 1 + 8 * 2**-23 * 1e5
    (said,) = about_updates(1e-6, {"float32": 1 + 8 * 2**-23 * 1e6})
    assert "Each is rounded to 8, which is 9.537e-07; a million of them are 0.9536743." in said


@pytest.mark.parametrize(("guess", "right"), [(1.9537, True), (1.95, False), (2.0, False)])
def test_a_guess_is_held_against_what_came(guess, right):
    told = about_guess("float32", guess, 1.9536743)
    assert ("is right" in told) == right
    assert about_guess("float32", None, 1.9536743) == ""
