"""The shape lab: what is typed, the lesson it becomes, the fixes, and what makes each cell."""

import math
import operator
import re
from dataclasses import replace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.engine.observe import run
from groundup.figures.shapes.lab import lab_picture
from groundup.shapes.budget import largest, too_big
from groundup.shapes.cell_links import both_ways, sources
from groundup.shapes.cell_notes import notes
from groundup.shapes.fixes import fixes
from groundup.shapes.lab import Lab, lab_lesson, read
from groundup.shapes.numbers import NUMBERS
from groundup.shapes.rules import OPERATIONS, PAIRS, judge
from groundup.shapes.traps import keeps_examples
from groundup.shapes.writing import arguments
from groundup.tensors.lessons import MAX_CELLS
from tests.shapes.questions import new_questions
from tests.shapes.test_new_operations import NEW

SIZES = st.sampled_from([0, 1, 1, 2, 3, 4])
SHAPES = st.lists(SIZES, max_size=3).map(tuple)
STEPS = st.lists(
    st.sampled_from(["a.mT", "b.mT", "a.unsqueeze(0)", "b.unsqueeze(-1)", "a.flatten()"]),
    max_size=2,
).map("; ".join)


OLD = tuple(op for op in OPERATIONS if op not in NEW)


@st.composite
def new_labs(draw):
    """What is typed to ask one of the operations that have their own ways of being told."""
    q = draw(new_questions(NEW))
    numbers = q.spec or ", ".join(map(str, arguments(q) if q.op.startswith("nn.") else q.numbers))
    return Lab(q.op, str(q.a.shape), str(q.b.shape), numbers)


@st.composite
def old_labs(draw):
    op = draw(st.sampled_from(OLD))
    a = draw(SHAPES)
    b = draw(st.sampled_from([a, a[::-1], a[1:], (*a, 2)])) if draw(st.booleans()) else draw(SHAPES)
    size = {"cat": 1, "stack": 1, "unsqueeze": 1, "nn.Linear": 2, "permute": len(a)}.get(op)
    low, high = (1, 4) if op == "nn.Linear" else (-2, 4)
    most = 1 if op == "squeeze" else 3
    counts = {"min_size": size, "max_size": size} if size is not None else {"max_size": most}
    numbers = draw(st.lists(st.integers(low, high), **counts))
    text = ", ".join(map(str, numbers)) or ("()" if op in NUMBERS else "")
    steps = draw(STEPS) if op in PAIRS else ""
    return Lab(op, str(a), str(b), text, draw(st.booleans()), steps)


def labs():
    return st.one_of(old_labs(), new_labs())


def answer(lab):
    """The shape that the lesson's own run ends with, or None where torch raised."""
    finished = run(lab_lesson(lab).text)
    result = finished.variables.get("result")
    assert (result is None) == (finished.failure is not None), finished.failure
    return None if result is None else tuple(result.shape)


@given(labs())
@settings(max_examples=400, deadline=None)
def test_the_lesson_that_is_shown_and_run_answers_as_the_verdict_says(lab):
    try:
        question = read(lab)
    except ValueError:
        return
    assert judge(question).result == answer(lab)


@given(labs())
@settings(max_examples=200, deadline=None)
def test_every_fix_that_is_offered_runs_in_torch_and_gives_the_shape_it_promises(lab):
    try:
        offered = fixes(lab)
    except ValueError:
        return
    for fix in offered:
        assert answer(fix.lab) == fix.result
        if lab.op in {"reshape", "view"}:
            assert keeps_examples(read(fix.lab).a.shape, fix.result)


CLASHES = [
    Lab("@", "2, 3", "4, 3"),
    Lab("@", "2, 3", "5, 7"),
    Lab("+", "3, 4", "3"),
    Lab("*", "3, 4", "2, 4"),
    Lab("-", "5", "5, 1"),
    Lab("cat", "2, 3", "4, 5", "0"),
    Lab("stack", "2, 3", "2, 4", "0"),
    Lab("reshape", "2, 6", numbers="5, 2"),
    Lab("view", "3, 4", numbers="12", steps="a.mT"),
    Lab("permute", "2, 3, 4", numbers="0, 1"),
    Lab("sum", "2, 3", numbers="2"),
    Lab("unsqueeze", "2, 3", numbers="5"),
    Lab("nn.Linear", "5, 4", numbers="3, 2"),
    Lab("/", "27, 3", "27"),
    Lab("-", "4, 4", "4"),
    Lab("flatten", "2, 3", numbers="3"),
    Lab("transpose", "2, 3", numbers="1, 2"),
    Lab("expand", "3", numbers="3, 4"),
    Lab("expand", "2, 3", numbers="4"),
    Lab("index", "2, 3", numbers=":, :, None, 0"),
    Lab("index", "2, 3", numbers="5"),
    Lab("einsum", "2, 3", "4, 3", "ij,jk->ik"),
    Lab("einsum", "2, 3", "3, 4", "ij,jk->il"),
    Lab("nn.Conv2d", "1, 4, 4, 3", numbers="3, 2, 3"),
    Lab("nn.Conv2d", "5, 4, 4", numbers="1, 2, 3"),
    Lab("nn.Conv2d", "1, 3, 2, 2", numbers="3, 2, 3"),
    Lab("nn.MaxPool2d", "1, 2, 1, 1", numbers="2"),
    Lab("cross_entropy", "4, 3", "4, 1"),
    Lab("cross_entropy", "2, 4, 3", "2, 4"),
    Lab("cross_entropy", "4, 3", "4, 3"),
]


@pytest.mark.parametrize("lab", CLASHES, ids=lambda lab: f"{lab.op} {lab.a} {lab.b} {lab.numbers}")
def test_a_common_mistake_fails_in_torch_and_has_a_fix(lab):
    if not judge(read(lab)).trap:
        assert answer(lab) is None
    assert fixes(lab)


def test_the_first_fix_of_a_product_with_a_turned_matrix_is_to_turn_it_back():
    assert fixes(Lab("@", "2, 3", "4, 3"))[0].code == "b = b.mT"


def test_the_first_fix_of_a_loss_on_n_and_n_by_1_makes_the_shapes_equal():
    first = fixes(Lab("-", "5", "5, 1"))[0]
    assert (first.code, first.result) == ("b = b.squeeze(1)", (5,))


@pytest.mark.parametrize(
    ("lab", "codes"),
    [
        (Lab("view", "16, 784", numbers="32, 784"), ["a.view(-1, 784)"]),
        (Lab("view", "8, 16, 10, 10", numbers="-1, 400"), ["a.view(8, -1)"]),
        (Lab("-", "27, 27", "27"), ["b = b.unsqueeze(1)", "b = b.unsqueeze(0)"]),
        (Lab("/", "27, 3", "27"), ["b = b.unsqueeze(1)"]),
        (Lab("nn.Linear", "32, 64, 7, 7", numbers="3136, 10"), ["a = a.flatten(1)"]),
        (Lab("nn.Conv2d", "8, 28, 28, 3", numbers="3, 6, 5"), ["a = a.permute(0, 3, 1, 2)"]),
        (Lab("nn.Conv2d", "8, 28, 28", numbers="1, 6, 5"), ["a = a.unsqueeze(1)"]),
        (Lab("cross_entropy", "4, 1", "4, 1"), ["b = b.squeeze(1)"]),
        (Lab("cross_entropy", "4, 7, 3", "4, 7"), ["a = a.mT"]),
    ],
    ids=lambda value: f"{value.op} {value.a}" if isinstance(value, Lab) else "",
)
def test_the_likeliest_fix_comes_first(lab, codes):
    assert [fix.code for fix in fixes(lab)][: len(codes)] == codes


def test_no_fix_of_a_batch_of_pictures_puts_two_of_them_into_one_row():
    assert {fix.result for fix in fixes(Lab("view", "16, 784", numbers="32, 784"))} == {(16, 784)}


@pytest.mark.parametrize(
    ("a", "sizes", "mixed"),
    [
        ("8, 16, 10, 10", "-1, 400", True),
        ("8, 16, 5, 5", "-1, 400", False),
        ("4, 8, 16", "-1, 16", False),
        ("2, 3", "3, 2", False),
    ],
)
def test_a_batch_that_comes_out_with_another_number_of_rows_is_a_trap(a, sizes, mixed):
    assert bool(judge(read(Lab("view", a, numbers=sizes))).trap) is mixed


@given(labs().map(lambda lab: replace(lab, steps="")))
@settings(max_examples=400, deadline=None)
def test_the_linked_cells_make_the_value_of_each_result_cell(lab):
    """Every result value is worked out again from the linked input values alone."""
    try:
        question = read(lab)
        made = run(lab_lesson(lab).text).variables
    except ValueError:
        return
    found = sources(question)
    if found is None or lab.op == "cross_entropy":
        return
    flat = {n: v.detach().flatten().tolist() for n, v in made.items() if torch.is_tensor(v)}
    if "layer" in made:
        flat |= {n: v.flatten().tolist() for n, v in made["layer"].state_dict().items()}
    again = [remade(lab.op, {n: [flat[n][i] for i in at] for n, at in c.items()}) for c in found]
    assert again == pytest.approx(flat["result"], rel=1e-4, abs=1e-5, nan_ok=True)
    if found:
        back = both_ways(found)
        assert all(0 in back[n][place]["result"] for n, at in found[0].items() for place in at)


def remade(op, picked):
    factors = [picked[name] for name in ("a", "b", "weight") if name in picked]
    if op in {"@", "einsum", "nn.Linear", "nn.Conv2d"}:
        return sum(map(math.prod, zip(*factors, strict=True))) + sum(picked.get("bias", []))
    if op in CELL_BY_CELL:
        return CELL_BY_CELL[op](picked["a"][0], picked["b"][0])
    if op in OF_MANY:
        return OF_MANY[op](picked["a"])
    return picked["weight" if op == "nn.Embedding" else "a" if "a" in picked else "b"][0]


CELL_BY_CELL = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
OF_MANY = {
    "sum": sum,
    "mean": lambda cells: sum(cells) / len(cells) if cells else float("nan"),
    "nn.MaxPool2d": max,
}


def test_a_products_note_writes_out_the_row_times_the_column():
    lab = Lab("@", "2, 3", "3, 2")
    made = run(lab_lesson(lab).text).variables
    tensors = {name: made[name] for name in ("a", "b", "result")}
    written = notes(read(lab), sources(read(lab)), tensors)
    assert written[0] == "1 × 1 + 2 × 3 + 3 × 5 = 22"


@pytest.mark.parametrize(
    "lab",
    [
        Lab("@", "1000000, 1", "1, 1000000"),
        Lab("@", "1000, 1, 1, 1000", "1000, 1000, 1"),
        Lab("+", "1000000, 1", "1000000"),
        Lab("reshape", "1000000, 1000000", numbers="-1"),
        Lab("nn.Linear", "1000000", numbers="10000, 10000"),
        Lab("nn.Linear", "1, 4096", numbers="4096, 14336"),
        Lab("nn.Conv2d", "1, 10, 300, 300", numbers="10, 1, 30"),
        Lab("nn.Conv2d", "64, 3, 224, 224", numbers="3, 64, 7, 2, 3"),
        Lab("nn.MaxPool2d", "1, 1, 30000, 30000", numbers="2"),
        Lab("nn.Embedding", "8, 1024", numbers="50257, 768"),
        Lab("cross_entropy", "8192, 50257", "8192"),
        Lab("expand", "1", numbers="1000000, 1000000"),
        Lab("einsum", "1000, 1000", "1000, 1000", "ij,kl->ijkl"),
        Lab("index", "1000000, 1000", numbers="None, ..., None"),
        Lab("@", "30000, 30000", "30000, 4"),
    ],
    ids=lambda lab: f"{lab.op} {lab.a} {lab.b}",
)
def test_what_is_too_big_is_described_on_the_meta_device_and_not_allocated(lab):
    assert largest(read(lab)) > MAX_CELLS
    made = lab_lesson(lab)
    assert "device = 'meta'" in made.text
    assert "not computed" in too_big(read(lab))
    assert answer(lab) == judge(read(lab)).result


@pytest.mark.parametrize(
    ("lab", "named"),
    [
        (Lab("@", "two, 3", "3"), "two"),
        (Lab("@", "2, 3", ""), "b:"),
        (Lab("+", "2, -3", "3"), "-3"),
        (Lab("cat", "2, 3", "2, 3", "0, 1"), "cat"),
        (Lab("nn.Linear", "2, 3", numbers="3"), "nn.Linear"),
        (Lab("nn.Linear", "2, 3", numbers="3, 9999999999"), "1,000,000,000"),
        (Lab("nn.Linear", "2, 3", numbers="900000000, 900000000"), "10¹⁵"),
        (Lab("nn.Conv2d", "2, 3", numbers="3, 4, 0"), "1 to"),
        (Lab("nn.Conv2d", "2, 3", numbers="3, 4, 5, groups=3"), "groups"),
        (Lab("nn.Conv2d", "2, 3", numbers="3, 4"), "kernel_size is missing"),
        (Lab("nn.Conv2d", "2, 3", numbers="3, 4, kernel_size=__import__('os')"), "cannot be read"),
        (Lab("index", "2, 3", numbers="__import__('os')"), "is no index"),
        (Lab("index", "2, 3", numbers="..., ..."), "among them"),
        (Lab("einsum", "2, 3", "3", numbers="ij,j->i; import os"), "letters"),
        (Lab("einsum", "2, 3", "3", numbers="...ij,j->i"), "letters"),
        (Lab("expand", "1", numbers="1000000000, 1000000000, 1000000000"), "more cells"),
        (Lab("cross_entropy", "4, 0", "4"), "at least one class"),
        (Lab("sum", "2, 3", steps="a.flatten(1, 2, 3)"), "flatten takes"),
        (Lab("sum", "2, 3", steps="a.view(4, -1)"), "left over"),
        (Lab("sum", "2, 3", steps="import os"), "import os"),
        (Lab("sum", "2, 3", steps="b.mT"), "b.mT"),
        (Lab("sum", "3", steps="a.mT"), "a.mT"),
        (Lab("+", "9" * 50, "3"), "no whole number"),
        (Lab("+", "2 3 1 1 1 1 1 1", "3"), "too many"),
        (Lab("+", "(2, 3", "3"), "brackets"),
        (Lab("+", "2,,3", "3"), "missing"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_that_names_it(lab, named):
    with pytest.raises(ValueError, match=re.escape(named)):
        lab_lesson(lab)


@pytest.mark.parametrize(
    "typed", ["3, 4", "(3,4)", "[3, 4]", "3 4", "3×4", "3x4", "torch.Size([3, 4])"]
)
def test_a_shape_may_be_written_in_every_usual_way(typed):
    assert read(Lab("sum", typed)).a.shape == (3, 4)


@pytest.mark.parametrize("lab", CLASHES, ids=lambda lab: f"{lab.op} {lab.a} {lab.b}")
def test_the_picture_of_a_mistake_shows_the_inputs_and_no_result(lab):
    question = read(lab)
    picture = lab_picture(question, judge(question), run(lab_lesson(lab).text).variables)
    shown = [p["id"] for p in picture.data["panels"]]
    assert "a" in shown
    assert ("result" in shown) == bool(judge(question).trap)
