"""What the shape lab says beside its verdicts: scripts, notes, bounds, classics and steps."""

import inspect
import math
import re
import statistics

import pytest
import torch
from hypothesis import example, given, settings

from groundup.engine.observe import run
from groundup.figures.shapes.lab import lab_picture
from groundup.shapes.budget import held, too_big
from groundup.shapes.calls import SIGNATURES, read_call
from groundup.shapes.cell_links import sources
from groundup.shapes.cell_notes import notes
from groundup.shapes.chain import CHAIN, LINKS, MAX_LINKS, SHAPELESS, read_chain
from groundup.shapes.chain_lesson import chain_too_big
from groundup.shapes.guess import marked
from groundup.shapes.indexing import read_index
from groundup.shapes.lab import Lab, lab_lesson, read
from groundup.shapes.numbers import NUMBERS, read_numbers
from groundup.shapes.presets import PRESETS
from groundup.shapes.rules import judge
from groundup.tensors.storage import size_text
from tests.shapes.test_new_operations import asked
from tests.shapes.test_shape_lab import labs


def stored(tensors):
    """The bytes behind ``tensors``, each storage counted once."""
    storages = {x.untyped_storage()._cdata: x.untyped_storage().nbytes() for x in tensors}
    return sum(storages.values())


@pytest.mark.parametrize(
    "lab",
    [
        Lab("+", "1000000, 1", "1000000"),
        Lab("expand", "1", numbers="1000000, 1000000"),
        Lab("reshape", "1000000, 1000000", numbers="-1"),
        Lab("reshape", "1000000, 1000", numbers="-1", steps="a.mT"),
        Lab("nn.Conv2d", "64, 3, 224, 224", numbers="3, 64, 7, 2, 3"),
        Lab("nn.Linear", "8, 4095", numbers="4096, 14336"),
        Lab("nn.Embedding", "8, 1024", numbers="50257, 768"),
        Lab("cross_entropy", "8192, 50257", "8192"),
    ],
    ids=lambda lab: lab.op,
)
def test_the_bytes_that_are_told_are_those_of_the_scripts_own_tensors(lab):
    made = run(lab_lesson(lab).text).variables
    layer = made["layer"].parameters() if "layer" in made else ()
    tensors = [*(x for x in made.values() if torch.is_tensor(x)), *layer]
    assert all(x.is_meta for x in tensors)
    cells = max(x.numel() for x in tensors)
    assert held([read(lab)]) == (cells, stored(tensors))
    told = f"the largest tensor has {cells:,} cells, and all tensors would take "
    assert told + size_text(stored(tensors)) in too_big(read(lab))


def test_a_chain_counts_each_result_and_layer_once_and_no_view():
    stem = "nn.Conv2d(3, 64, 7, stride=2, padding=3) → flatten(1) → nn.Linear(802816, 1000)"
    a, x1, weight, out = 64 * 3 * 224**2, 64 * 64 * 112**2, 802816 * 1000 + 1000, 64 * 1000
    numbers = a + 64 * 3 * 49 + 64 + x1 + weight + out
    said = chain_too_big(read_chain(Lab(CHAIN, "64, 3, 224, 224", chain=stem)))
    assert size_text(4 * numbers) in said


@given(labs())
@example(Lab("nn.Conv2d", "0, 1, 0, 0", "()", "1, 1, 1, 1, 1"))
@settings(max_examples=60, deadline=None)
def test_the_picture_invites_to_point_only_at_cells_that_are_made_of_others(lab):
    try:
        question, made = read(lab), run(lab_lesson(lab).text).variables
    except ValueError:
        return
    data = lab_picture(question, judge(question), made).data
    if data["hint"]:
        (panel,) = [one for one in data["panels"] if one["id"] == "result"]
        assert panel["blocks"]
        assert any(any(parts.values()) for parts in data["links"]["result"].values())


@pytest.mark.parametrize(
    ("lab", "said"),
    [
        (
            Lab("nn.Embedding", "2, 3", numbers="4, 2"),
            r"row (\d) of the table, column (\d), = (.*)",
        ),
        (Lab("cat", "2, 3", "4, 3", "0"), r"cell (\d+) of (a|b), counted row by row, = (.*)"),
        (Lab("permute", "2, 3", numbers="1, 0"), r"cell (\d+) of (a), counted row by row, = (.*)"),
        (Lab("nn.MaxPool2d", "1, 4, 4", numbers="2"), r"the largest of (.*)() = (.*)"),
        (Lab("mean", "4, 3", numbers="0"), r"\((.*)\) ÷ (\d) = (.*)"),
        (Lab("cross_entropy", "4, 3", "4"), "(the mean of −log softmax)(.*) = (.*)"),
    ],
    ids=lambda value: value.op if isinstance(value, Lab) else "",
)
def test_the_note_of_each_cell_gives_the_number_in_it(lab, said):
    """Worked out anew from what the note names, to the four digits that are shown."""
    made = run(lab_lesson(lab).text).variables
    question = read(lab)
    tensors = made | ({"weight": made["layer"].weight.detach()} if "layer" in made else {})
    names = [name for name in ("a", "b", "weight", "result") if name in tensors]
    links = sources(question, made["a"])
    written = notes(question, links, {name: tensors[name].detach() for name in names})
    for note, value in zip(written, made["result"].flatten().tolist(), strict=True):
        found = re.fullmatch(said, note)
        shown = float(found[3].replace("−", "-"))
        assert shown == pytest.approx(value, rel=1e-3)
        assert told(lab.op, found[1], found[2], made) == pytest.approx(shown, rel=1e-3)


def told(op, first, second, made):
    if op == "nn.Embedding":
        return made["layer"].weight[int(first), int(second)].item()
    if op == "nn.MaxPool2d":
        return max(map(float, first.split(", ")))
    if op == "mean":
        return sum(map(float, first.split(" + "))) / int(second)
    if op == "cross_entropy":
        return statistics.mean(
            -math.log(math.exp(row[right]) / sum(map(math.exp, row)))
            for row, right in zip(made["a"].tolist(), made["b"].tolist(), strict=True)
        )
    return made[second].flatten()[int(first)].item()


@pytest.mark.parametrize("name", sorted(SHAPELESS))
def test_what_a_chain_can_do_without_keeps_every_shape(name):
    layer = getattr(torch.nn, name, None) or (lambda: getattr(torch.nn.functional, name))
    for shape in ((), (3,), (2, 0), (2, 3, 4, 4)):
        assert layer()(torch.zeros(shape)).shape == shape
    with pytest.raises(ValueError, match="keeps every shape: leave it out"):
        read_chain(Lab(CHAIN, "2, 3", chain=f"flatten(1) → {name}()"))


def test_an_embedding_takes_no_floats_as_operations_give_them():
    for link, made in (
        ("nn.Linear(3, 2)", torch.nn.Linear(3, 2)(torch.ones(3, 3))),
        ("mean()", torch.ones(3, 3).mean()),
        ("nn.MaxPool2d(1)", torch.nn.MaxPool2d(1)(torch.ones(1, 3, 3))),
    ):
        with pytest.raises(RuntimeError):
            torch.nn.Embedding(4, 2)(made)
        with pytest.raises(ValueError, match="can only come first"):
            read_chain(Lab(CHAIN, "1, 3, 3", chain=f"{link} → nn.Embedding(4, 2)"))


@pytest.mark.parametrize("count", [1, 2, MAX_LINKS])
def test_a_chain_of_up_to_four_says_how_many_it_did(count):
    chain = read_chain(Lab(CHAIN, "2, 3", chain="→".join(["flatten(1)"] * count)))
    assert chain.verdict.why == (
        f"{count} operations, one after another." if count > 1 else chain.links[0].verdict.why
    )
    with pytest.raises(ValueError, match=f"one to {MAX_LINKS} operations .* here are 5"):
        read_chain(Lab(CHAIN, "2, 3", chain="→".join(["flatten(1)"] * 5)))


def test_a_step_on_b_is_refused_with_a_sentence_about_b():
    lab = Lab("+", "2, 3", "3, 4", steps="b.mT; b.view(12)")
    with pytest.raises(ValueError, match=re.escape("b's strides are (1, 4)")):
        read(lab)
    with pytest.raises(ValueError, match=re.escape("b has 12 cells")):
        read(Lab("+", "2, 3", "3, 4", steps="b.view(5)"))
    with pytest.raises(ValueError, match=r"a\.mT swaps the last two dimensions, and a has 1\."):
        read(Lab("sum", "3", steps="a.mT"))
    with pytest.raises(ValueError, match="5 steps are too many: up to 4"):
        read(Lab("sum", "2, 3", steps="a.mT;" * 5))


@pytest.mark.parametrize("op", SIGNATURES)
def test_the_numbers_of_an_operation_come_in_torchs_order(op):
    torchs = getattr(torch.nn, op.removeprefix("nn."), None) or getattr(torch, op)
    names = list(SIGNATURES[op])
    if op not in {"transpose", "unsqueeze", "cat", "stack"}:
        assert list(inspect.signature(torchs).parameters)[: len(names)] == names
        assert NUMBERS[op][0] == ", ".join(names)
    else:
        inputs = torch.zeros(2, 3) if op in {"transpose", "unsqueeze"} else [torch.zeros(2, 3)] * 2
        made = torchs(inputs, **dict.fromkeys(names, 1))
        assert made.shape == torchs(inputs, *[1] * len(names)).shape


@pytest.mark.parametrize("op", NUMBERS)
def test_the_example_of_an_operations_numbers_is_one_that_it_takes(op):
    what, example = NUMBERS[op]
    shapes = {"view": "6", "reshape": "6", "nn.Conv2d": "2, 4, 4", "nn.MaxPool2d": "1, 4, 4"}
    a, b = shapes.get(op, "2, 3"), "3, 4" if op == "einsum" else "2, 3"
    assert judge(read(Lab(op, a, b, example))).result is not None
    assert ("nothing for all" in what) == (op in {"flatten", "squeeze", "sum", "mean"})
    if "nothing for all" in what:
        x = torch.zeros(1, 1, 2)
        every = getattr(x, op)()
        assert every.shape == {"flatten": (2,), "squeeze": (2,)}.get(op, ())
        assert judge(asked(op, (1, 1, 2))).result == tuple(every.shape)
    if "one may be −1" in what:
        assert judge(asked(op, (6,), numbers=(-1, 2))).result == (3, 2)
    if "keeps the batch" in what:
        assert judge(asked(op, (5, 2, 3), numbers=(1,))).result == (5, 6)


def test_the_dimension_named_is_the_new_ones_place_or_those_that_change_places():
    x = torch.zeros(2, 3, 4)
    for dim in (0, 1, 3, -1):
        assert judge(asked("unsqueeze", x.shape, numbers=(dim,))).result[dim] == 1
        assert judge(asked("stack", x.shape, x.shape, (dim,))).result[dim] == 2
    assert judge(asked("transpose", x.shape, numbers=(0, 2))).result == x.transpose(0, 2).shape
    assert judge(asked("expand", (2, 1), numbers=(-1, 5))).result == (2, 5)


@pytest.mark.parametrize(
    ("op", "good", "bad", "says"),
    [
        ("reshape", "1000000000000000", "1000000000000001", "up to 10¹⁵"),
        ("nn.Linear", "1000000000, 1000000", "1000000001, 1", "1 to 1,000,000,000"),
        (
            "nn.Linear",
            "1000000, 1000000000",
            "1000000000, 1000001",
            "1,000,001,000,000,000 weights",
        ),
        ("nn.Conv2d", "1000, 1000, 31622", "1000, 1000, 31623", "1,000,014,129,000,000 weights"),
        ("nn.Conv2d", "1, 1, 1000000", "1, 1, 1000001", "from 1 to 1,000,000"),
        ("nn.MaxPool2d", "2, 1000000", "2, 1000001", "from 1 to 1,000,000"),
        ("nn.Conv2d", "1, 1, 3, 1, 1000000", "1, 1, 3, 1, 1000001", "from 0 to 1,000,000"),
        ("nn.Linear", "in_features=3, out_features=2", "3, 2, bias=0", "“bias” cannot be used"),
        ("nn.Linear", "3, out_features=2", "3, 2, in_features=1", "“in_features” cannot be used"),
        ("nn.Linear", "3, 2", "3, 2, 1", "3 numbers cannot be used"),
        ("nn.Conv2d", "3, 2, kernel_size=(5, 5)", "3, 2, kernel_size=(3, 5)", "one whole number"),
        ("unsqueeze", "0", "0, 1", "you gave 2|2 numbers"),
        ("flatten", "0, 1", "0, 1, 1", "you gave 3"),
        ("einsum", "abcdef,abcdef->abcdef", "abcdefg->a", "Up to 6 letters"),
        ("einsum", "ij->ji", "...ij->ji", "takes letters"),
        ("index", "0, 0, 0, 0, 0, ...", "0, 0, 0, 0, 0, 0, 0", "Up to 6 indices"),
        ("index", "..., 0", "..., 0, ...", "one “...”"),
        ("index", "1:3", "1.5", "“1.5” is no index"),
    ],
)
def test_a_bound_is_where_the_refusal_says(op, good, bad, says):
    read_numbers(op, good)
    with pytest.raises(ValueError, match=says):
        read_numbers(op, bad)


def test_the_weights_of_a_refused_layer_are_as_many_as_torchs():
    layer = torch.nn.Conv2d(1000, 1000, 31623, device="meta")
    assert layer.weight.numel() == 1_000_014_129_000_000


def test_what_a_refusal_proposes_can_be_read():
    for call in ("nn.Linear(400, 10)", "flatten(1)"):
        assert read_call(call).numbers
    with pytest.raises(ValueError, match="Up to 6 whole numbers fit here, and sum has 7"):
        read_call("sum(1, 2, 3, 4, 5, 6, 7)")
    for step in ("mT", "unsqueeze(0)", "squeeze(1)", "flatten(1)", "permute(0, 2, 1)"):
        for name in "ab":
            steps = f"{name}.{step}; {name}.contiguous()"
            assert read(Lab("*", "2, 1, 3", "2, 1, 3", steps=steps)) is not None
    for index in (":, None", "0", "..., 0", "1:3", "None", "..."):
        assert read_index(index)
    # As the sentences write it, with a longer minus than Python's.
    assert read_index("−1") == (-1,)
    assert read_call("view(−1, 3)").numbers == (-1, 3)
    assert read(Lab("sum", "2, 3", steps="a.unsqueeze(−1)")).a.shape == (2, 3, 1)
    assert read(Lab("reshape", "2, 3", numbers="−1, 2")).numbers == (-1, 2)
    for op in LINKS:
        if op != "expand":
            assert read_call(f"{op}(1)").name == op


@pytest.mark.parametrize(
    ("lab", "says"),
    [
        (Lab("expand", "1", numbers="1000000000, 1000000001"), "more cells than can be counted"),
        (Lab("expand", "0, 3", numbers="2, 3"), "With a size of 0, expand has no verdict here"),
        (Lab("cross_entropy", "4, 0", "4"), "needs at least one class"),
        (Lab("cross_entropy", "0", "()"), "needs at least one class"),
    ],
)
def test_what_is_not_judged_is_what_torch_cannot_bear(lab, says):
    with pytest.raises(ValueError, match=says):
        read(lab)
    if lab.op == "cross_entropy":
        shape = eval(f"({lab.a},)")
        with pytest.raises(IndexError, match="out of bounds"):
            torch.nn.functional.cross_entropy(torch.zeros(shape), torch.zeros(shape[:-1]).long())
    read(Lab("expand", "1", numbers="1000000000, 1000000000"))


@pytest.mark.parametrize(
    ("guess", "right"), [("2, 4", True), ("(2, 4)", True), ("4, 2", False), ("error", False)]
)
def test_a_guess_is_right_where_torch_gives_it(guess, right):
    made = tuple((torch.zeros(2, 3) @ torch.zeros(3, 4)).shape)
    assert marked(guess, judge(asked("@", (2, 3), (3, 4)))) == (
        (True, f"Right: {made}.")
        if right
        else (False, f"You said {'an error' if guess == 'error' else f'({guess})'}; it is {made}. "
              "Look where the sizes meet.")
    )  # fmt: skip
    assert marked("error", judge(asked("@", (2, 3), (4, 3))))[0]


PROMISES = {
    "✗ matrix product, one turned": lambda a, b: a @ b.mT,
    "✗ bias along the wrong side": lambda a, b: a + b[:, None],
    "✗ each row divided by its sum": lambda a, b: a / a.sum(1, keepdim=True),
    "✗ view with the wrong batch": lambda a, b: a.view(16, 784),
    "✗ joined along the wrong side": lambda a, b: torch.cat([a, b], 1),
    "✓ add a bias to every row": lambda a, b: torch.stack([row + b for row in a]) - (a + b),
    "✓ mean of each column": lambda a, b: torch.stack([c.mean() for c in a.T]) - a.mean(0),
    "⚠ outer product by accident": lambda a, b: torch.outer(a[:, 0], b[0]) - a * b,
}


@pytest.mark.parametrize("name", PROMISES)
def test_a_classic_is_what_its_name_says(name):
    """The other way round works where one side is wrong; what is right equals what it names."""
    lab = PRESETS[name]
    question = read(lab)
    a, b = (torch.randn(layout.shape) for layout in (question.a, question.b))
    made = PROMISES[name](a, b)
    assert name[0] == "✗" or torch.allclose(made, torch.zeros(made.shape), atol=1e-6)


def test_the_layer_of_llama_has_its_published_sizes():
    """Meta-Llama-3-8B's config.json: hidden_size 4096, intermediate_size 14336."""
    assert PRESETS["✓ a layer of Llama 3 8B's FFN"].numbers == "4096, 14336"


def test_a_lesson_counts_through_its_tensors_and_draws_its_weights_by_the_seed():
    made = run(lab_lesson(Lab("+", "2, 3", "2, 3")).text).variables
    for name in "ab":
        assert made[name].flatten().tolist() == [1, 2, 3, 4, 5, 6]
    layer = Lab("nn.Linear", "5, 3", numbers="3, 2")
    drawn = [run(lab_lesson(layer, seed=s).text).variables["layer"].weight for s in (0, 0, 7)]
    assert torch.equal(drawn[0], drawn[1])
    assert not torch.equal(drawn[0], drawn[2])
    with pytest.raises(ValueError, match="999999"):
        lab_lesson(layer, seed=1_000_000)
