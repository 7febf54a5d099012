"""What the tensors page says of storages, dtypes, devices and NumPy, tried on torch."""

import itertools
import math
import re
import statistics

import numpy as np
import pytest
import torch

from groundup.engine.failures import Failure
from groundup.engine.lesson import load
from groundup.engine.literals import read_number
from groundup.engine.observe import run
from groundup.figures.tensors import dtypes as figures
from groundup.figures.tensors.grid import portrait
from groundup.figures.tensors.storage import storage_picture, strip, view_facts
from groundup.figures.theme import LIGHT
from groundup.tensors import lessons as make
from groundup.tensors.dtypes import nudges, promotion_rule
from groundup.tensors.lessons import NEW_VALUE
from groundup.tensors.storage import device_rows, size_text
from groundup.tensors.views import bridge, bridge_sentence, moving, sentence
from groundup.ui.settings.tensors import CONTROLS, WAYS
from tests.pages import said

OTHERS = [one for one in load("storage_views").parameters["other"].options if one != "t.T.view(-1)"]


def made(other, rows=3, columns=4, written=""):
    variables = run(make.storage(other, rows, columns, written).text).variables
    return variables["t"], variables.get("other")


def write_everywhere(other):
    """For each cell of other: the cells of t and of other that change with it."""
    shape = tuple(made(other)[1].shape)
    for flat in range(math.prod(shape)):
        index = np.unravel_index(flat, shape)
        t, view = made(other)
        view[tuple(int(i) for i in index)] = NEW_VALUE
        yield (t == NEW_VALUE).sum().item(), (view == NEW_VALUE).sum().item()


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_said_of_a_view_or_a_copy_shows_when_its_cells_are_written(other):
    t, view = made(other)
    told = sentence(t, view)
    changed = set(write_everywhere(other))
    facts = dict(view_facts(t, view))
    if told.startswith("**A copy."):
        assert changed == {(0, 1)}
        assert facts["one storage for both"] == "no: a copy"
        return
    assert facts["one storage for both"] == "yes: a view"
    assert "one storage for both: True" in run(make.storage(other, 3, 4, "").text).output
    repeats = told.startswith("**A view that repeats.")
    assert all((in_other > 1) == repeats and in_t == 1 for in_t, in_other in changed)


def test_a_place_that_only_t_reads_changes_t_alone():
    """So the sentence about views speaks of places that both read."""
    t, view = made("t[:, 1:]", written="t[0, 0]")
    assert (t == NEW_VALUE).any()
    assert not (view == NEW_VALUE).any()
    assert "a place that both read" in sentence(t, view)


@pytest.mark.parametrize(("rows", "columns"), [*itertools.product(range(2, 6), range(2, 7))])
def test_each_way_to_make_other_gives_what_its_title_says(rows, columns):
    table = [[r * columns + c for c in range(columns)] for r in range(rows)]
    flat = [n for row in table for n in row]
    turned = [list(column) for column in zip(*table, strict=True)]
    wanted = {
        "t.permute(1, 0)": turned,
        "t.reshape(columns, rows)": [flat[i * rows : (i + 1) * rows] for i in range(columns)],
        "t[:, 1:]": [row[1:] for row in table],
        "t[:, ::2]": [row[::2] for row in table],
        "t[0].expand(rows, columns)": [table[0]] * rows,
        "t.unsqueeze(0)": [table],
        "t.T.reshape(-1)": [n for row in turned for n in row],
        "t.T.contiguous().view(-1)": [n for row in turned for n in row],
    }
    for other, numbers in wanted.items():
        t, view = made(other, rows, columns)
        assert view.tolist() == numbers
        shares = view.untyped_storage().data_ptr() == t.untyped_storage().data_ptr()
        assert shares == (".T." not in other)
    # The places of the transpose's cells, one after another: no one step leads through them.
    steps = {b - a for a, b in itertools.pairwise(n for row in turned for n in row)}
    assert len(steps) > 1
    t, view = made("t.T.view(-1)", rows, columns)
    assert view is None
    assert sentence(t, view).startswith("**No view can do this.**")


@pytest.mark.parametrize("other", OTHERS)
def test_each_place_of_a_storage_is_read_by_the_cells_that_are_named(other):
    t, view = made(other)
    tensors = {"t": t, "other": view}
    picture = storage_picture(tensors, NEW_VALUE)
    assert f"Click it to write {NEW_VALUE}" in picture.hint
    assert "Click" not in storage_picture(tensors, NEW_VALUE, pick=False).hint
    strips = {one["id"]: one["places"] for one in picture.panels if one["places"] is not None}
    for home, places in strips.items():
        owner = t if home == "storage" else view
        count, width = re.match(
            r"(\d+) places of (\d+) bytes", strip(home, owner, "")["caption"]
        ).groups()
        assert int(count) * int(width) == owner.untyped_storage().nbytes()
        for place, note in picture.notes[home].items():
            number, readers = re.fullmatch(r"place (\d+) is read by (.*)", note).groups()
            assert int(number) == place
            for reader in re.findall(r"\w+\[[\d, ]+\]", readers):
                name, index = reader[:-1].split("[")
                cell = tensors[name][tuple(int(i) for i in index.split(","))]
                assert str(cell.item()) == places[place]
    assert strip("s", torch.zeros(0), "")["says"] == "no places: this tensor holds no numbers"


def test_a_picture_says_the_index_and_value_of_each_cell_and_why_it_draws_none():
    t = torch.arange(6.0).reshape(2, 3)
    picture = portrait("t", t)
    assert picture.hint
    assert picture.notes["t"] == {
        i: f"t[{i // 3}, {i % 3}] = {n:.0f}." for i, n in enumerate(t.flatten().tolist())
    }
    for shape, says in (((2, 0), "no cells: a size is 0"), ((1,) * 5, "5 dimensions: described")):
        unseen = portrait("t", torch.zeros(shape))
        assert unseen.data["panels"][0]["says"].startswith(says)
        assert not unseen.hint


def test_each_way_to_fill_a_shape_is_what_its_title_says():
    def filled(maker, shape, seed=0):
        return run(make.from_shape(maker, shape, 7.5, seed, "cpu").text).variables["t"]

    drawn = filled("randn", "1000, 1000").flatten().double()
    assert drawn.mean().item() == pytest.approx(0, abs=0.01)
    assert drawn.std().item() == pytest.approx(1, abs=0.01)
    for bound in (-2.0, -1.0, 0.5, 2.0):
        share = (drawn < bound).double().mean().item()
        assert share == pytest.approx(statistics.NormalDist().cdf(bound), abs=0.005)
    for shape in ("2, 3", "3, 2", "3"):
        eye = filled("eye", shape)
        assert all(eye[i, j] == (i == j) for i in range(eye.shape[0]) for j in range(eye.shape[1]))
    assert torch.equal(filled("rand", "9"), filled("rand", "9"))
    assert not torch.equal(filled("rand", "9"), filled("rand", "9", seed=1))
    kept = run(make.like("zeros_like", "the template's", "[1, 2]", 0, "cpu").text).variables["t"]
    assert kept.dtype == torch.int64


def test_the_last_number_of_a_row_is_in_or_out_as_its_comment_says():
    def linspace(count):
        return run(make.from_linspace("0", "10", count, "cpu").text).variables["t"]

    assert [linspace(n)[-1].item() for n in (2, 3, 7)] == [10, 10, 10]
    assert linspace(1).tolist() == [0]
    for numbers in (("0", "10", "2"), ("0", "9", "2"), ("5", "0", "-1"), ("0.0", "1", "0.25")):
        t = run(make.from_range(*numbers, "cpu").text).variables["t"].tolist()
        start, end, step = map(float, numbers)
        assert end not in t
        assert t[0] == start
        assert {b - a for a, b in itertools.pairwise(t)} == {step}
        whole = isinstance(t[0], int)
        assert whole == all("." not in number for number in numbers)
    rounded = run(make.from_range("1.0", "1.3", "0.1", "cpu").text).variables["t"]
    assert rounded[-1].item() == pytest.approx(1.3)


@pytest.mark.parametrize(
    ("numbers", "says"),
    [(("0", "10", "-1"), "From 0, steps of -1 lead away from 10"), (("0", "1", "0"), "step of 0")],
)
def test_a_range_that_is_refused_is_one_that_torch_refuses(numbers, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        make.from_range(*numbers, "cpu")
    with pytest.raises(RuntimeError):
        torch.arange(*(int(read_number(number)) for number in numbers))


def test_a_range_may_hold_10_15_numbers_and_no_more():
    assert "meta" in make.from_range("0", "1e12", "0.001", "cpu").text
    with pytest.raises(ValueError, match="more than 10¹⁵ numbers"):
        make.from_range("-1", "1e12", "0.001", "cpu")
    with pytest.raises(TypeError):
        torch.eye(*(2, 3, 4))
    with pytest.raises(ValueError, match=re.escape("(2, 3, 4) has 3")):
        make.from_shape("eye", "2, 3, 4", 0, 0, "cpu")


@pytest.mark.parametrize("target", ["cpu", "meta"])
def test_what_moving_a_tensor_does_is_what_is_said(target):
    found = run(load("move_device").set(target=target, size=10).text).variables
    t, moved, w = found["t"], found["moved"], found["w"]
    told = moving(found)
    assert told.startswith("**It was there already" if moved is t else "**A new tensor")
    assert (moved is t) == (target == "cpu")
    assert f"t keeps its {size_text(10 * 10 * 4)}" in told or moved is t
    assert t.sum() == 100
    assert w.to(target) is w or not w.to(target).is_leaf
    model = torch.nn.Linear(2, 2)
    assert model.to(target) is model
    assert all(p.is_leaf and p.device.type == target for p in model.parameters())


def test_a_copy_on_another_device_is_told_with_its_bytes():
    t = torch.ones(10, 10)
    assert moving({"t": t, "moved": t.clone()}) == (
        f"**A new tensor:** {size_text(400)} were copied, and t stays where it was."
    )


def test_meta_keeps_shapes_and_dtypes_and_a_single_number_may_join_from_the_cpu():
    there = torch.ones(2, 3, dtype=torch.float16, device="meta")
    assert (there.shape, there.dtype) == ((2, 3), torch.float16)
    with pytest.raises((RuntimeError, NotImplementedError)):
        there.tolist()
    with pytest.raises(RuntimeError):
        there + torch.ones(2, 3)
    with pytest.raises(RuntimeError):
        there + torch.ones(1)
    assert (there + torch.tensor(1.0)).shape == (2, 3)
    assert device_rows()[-1] == {
        "device": "meta", "what it is": "shapes and dtypes without numbers", "here?": "✓ always",
    }  # fmt: skip


BRIDGE = load("numpy_bridge").parameters


@pytest.mark.parametrize(
    ("to", "fro", "into"),
    [*itertools.product(*(BRIDGE[k].options for k in ("to_numpy", "from_numpy", "write_into")))],
)
def test_what_the_edit_reaches_is_what_is_said_of_the_memories(to, fro, into):
    lesson = load("numpy_bridge").set(to_numpy=to, from_numpy=fro, write_into=into)
    three = bridge(run(lesson.text).variables)
    told = bridge_sentence(three)
    joined = {("t", "array"): "looks at t's memory" in told,
              ("array", "back"): "looks at the array's memory" in told}  # fmt: skip
    assert joined["t", "array"] == (to == "t.numpy()")
    assert joined["array", "back"] == (fro != "torch.tensor(array)")
    # The array was made, and back from it, before the one edit.
    reached = {into}
    for _ in range(2):
        reached |= {name for pair, is_one in joined.items() if is_one and reached & set(pair)
                    for name in pair}  # fmt: skip
    assert {name for name, x in three.items() if NEW_VALUE in x} == reached
    panels = storage_picture(three, NEW_VALUE, pick=False).panels
    marked = {p["id"] for p in panels if p["marks"].get("changed") and p["id"] in three}
    assert marked == reached


def test_numpy_s_floats_and_a_parameter_s_graph_are_as_is_said():
    assert np.array([1.5]).dtype == (np.arange(6) / 2).dtype == np.float64
    X, w = torch.from_numpy(np.arange(6) / 2).reshape(3, 2), torch.ones(2, 1)
    assert X.dtype == torch.float64
    with pytest.raises(RuntimeError):
        X @ w
    assert w.double().nbytes == 2 * w.nbytes
    parameter = torch.ones(3, requires_grad=True)
    with pytest.raises(RuntimeError):
        parameter.numpy()
    assert not hasattr(parameter.detach().numpy(), "grad_fn")
    for ask, kind in (("w.detach().numpy()", "ndarray"), ("w.tolist()", "list")):
        assert kind in run(load("numpy_grad").set(ask_by=ask).text).output


KINDS = ("bool", "int", "float")


def kind(dtype):
    return next(n for n, one in enumerate(KINDS) if one in dtype.replace("uint", "int"))


@pytest.mark.parametrize("operation", ["+", "/", "//", "=="])
def test_what_decides_the_dtype_is_said_of_the_operation_that_is_chosen(operation):
    found = run(load("promotion").set(operation=operation).text).variables
    rule = promotion_rule(operation)
    full = [n for n in found["operands"] if n.endswith(" tensor") and "float8" not in n]
    for left, right in itertools.product(full, full):
        result = found["results"][left, right].removeprefix("torch.")
        if result == "error":
            continue
        if operation == "==":
            assert rule == "A comparison gives bool, for every pair that torch compares."
            assert result == "bool"
            continue
        strongest = max(kind(left), kind(right))
        divides = operation == "/" and strongest < 2
        assert kind(result) == (2 if divides else strongest)
        assert not divides or result == "float32"
        for number, own in (("Python True", 0), ("Python 1", 1), ("Python 1.0", 2)):
            alone = found["results"][left, number].removeprefix("torch.")
            if own <= kind(left) and not divides and kind(left) and alone != "error":
                assert alone == left.removesuffix(" tensor") or operation == "/"
    if operation != "==":
        assert f"`x {operation} 1.0`" in rule
        assert found["results"]["float16 tensor", "Python 1.0"] == "torch.float16"
    down = torch.tensor([-7]) // torch.tensor([2])
    assert down.item() == math.floor(-7 / 2)


@pytest.mark.parametrize("value", [1e-8, 0.3, 1.0, 3.0, 448.0, 5000.0, 65504.0])
def test_the_drawn_numbers_of_narrow_floats_are_all_that_there_are(value):
    """Every bit pattern of eight and of sixteen bits, sorted: the next number is the next one."""
    found = run(load("spacing").set(value=value).text).variables
    drawn = dict(zip(found["names"], figures.number_line(found, LIGHT).data, strict=True))
    hover = {trace.name: trace for trace in figures.spacing_figure(found, LIGHT).data if trace.name}
    half = 6 * found["spacing"]["float16"]
    half = half if 0 < half < math.inf else 6 * found["spacing"]["bfloat16"]
    for name in ("float8_e4m3fn", "float8_e5m2", "bfloat16", "float16"):
        dtype = getattr(torch, name)
        bits = torch.arange(2**8 if "float8" in name else 2**16)
        bits = bits.to(torch.uint8 if "float8" in name else torch.int32).to(
            torch.uint8 if "float8" in name else torch.int16
        )
        every = sorted({n for n in bits.view(dtype).double().tolist() if math.isfinite(n)})
        following = dict(itertools.pairwise(every))
        for x, gap in zip(hover[name].x, hover[name].y, strict=True):
            held = torch.tensor(x, dtype=torch.float64).to(dtype).double().item()
            assert following[held] - held == gap
        inside = [n for n in every if abs(n - value) <= half]
        if drawn[name].mode == "lines":
            assert len(inside) > 60
            assert list(drawn[name].x) == [value - half, min(value + half, every[-1])]
        elif drawn[name].mode == "markers":
            assert list(drawn[name].x) == inside
        else:
            assert not inside
        # All digits are kept from the least number on, and none fewer below it.
        least = torch.finfo(dtype).smallest_normal
        eps = torch.finfo(dtype).eps
        assert following[1.0] - 1 == eps
        full = [n for n in following if n > 0 and following[n] - n <= eps * n]
        assert min(full) == least


def test_a_nudge_moves_only_where_the_numbers_lie_close():
    near = run(load("spacing").text).variables["spacing"]
    for n in nudges(run(load("nudge").text).variables):
        if n.dtype in near:
            assert (n.moved > 0) == (near[n.dtype] / 2 < 0.001)
        if "moved" in n.verdict and n.verdict.startswith("≈"):
            times = float(re.search(r"moved (.*) times", n.verdict)[1])
            assert times == pytest.approx((n.after - n.before) / 0.001, rel=0.01)


@pytest.mark.parametrize("dtype", load("integer_grad").parameters["learnable"].options)
def test_a_dtype_can_be_learned_exactly_if_it_is_a_float(dtype):
    done = run(load("integer_grad").set(learnable=dtype).text)
    assert (done.failure is None) == getattr(torch, dtype).is_floating_point
    if done.failure is None:
        w = done.variables["w"]
        assert torch.equal(w.grad, 2 * w)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float32])
def test_an_update_of_less_than_half_the_distance_is_rounded_away(dtype):
    distance = torch.finfo(dtype).eps
    one = torch.ones((), dtype=dtype)
    for share, moves in ((0.3, False), (0.49, False), (0.51, True), (0.8, True)):
        update = torch.tensor(share * distance, dtype=dtype)
        assert (one + update > one).item() == moves


def test_the_pictured_weights_are_those_after_so_many_updates():
    done = run(
        load("updates").set(update=0.001).text.replace("epoch in range(1000)", "epoch in range(2)")
    )
    drawn = figures.updates_figure(done.columns, 0.001, LIGHT).data[2]
    weight = torch.tensor(1.0)
    for at, value in zip(drawn.x, drawn.y, strict=True):
        for _ in range(1000):
            weight += torch.tensor(0.001)
        assert at in (1000, 2000)
        assert value == pytest.approx(weight.item(), rel=1e-6)


def test_an_error_is_told_in_the_words_and_with_the_line_of_a_plain_run():
    lesson = load("integer_grad").set(learnable="int64")
    failure = run(lesson.text).failure
    with pytest.raises(RuntimeError) as plain:
        exec(compile(lesson.text, "plain", "exec"), {})
    last = plain.traceback[-1] if plain.traceback[-1].path == "plain" else plain.traceback[1]
    assert failure == Failure(last.lineno + 1, "RuntimeError", str(plain.value))


@pytest.mark.parametrize(
    ("op", "a", "numbers", "otherwise"),
    [("view", "1000000, 1000000", "7", False), ("nn.Linear", "8, 4095", "4096, 14336", True)],
)
def test_the_meta_device_is_said_to_word_it_otherwise_only_where_it_does(
    visit, op, a, numbers, otherwise
):
    app = visit("tensors", look_at="Shape lab", op=op, a=a, numbers=numbers)
    assert ("words it otherwise" in said(app)) == otherwise


def test_what_the_controls_promise():
    helps = {one.key: one.help for one in CONTROLS}
    assert len(WAYS) == 3
    assert "Three ways" in next(c.label for c in CONTROLS if c.key == "made_from")
    for written, shape in (("3", (3,)), ("2, 3", (2, 3)), ("2, 3, 4", (2, 3, 4)), ("()", ())):
        assert f"`{written}`" in helps["size"]
        assert run(make.from_shape("rand", written, 0, 0, "cpu").text).variables["t"].shape == shape
    for deep, fits in ((4, True), (5, False)):
        data = "[" * deep + "1, 2" + "]" * deep
        if fits:
            assert run(make.from_data(data, "cpu").text).variables["t"].ndim == 4
        else:
            with pytest.raises(ValueError, match="deeper than 4"):
                make.from_data(data, "cpu")
    assert run(make.from_data("[True, False]", "cpu").text).variables["t"].dtype == torch.bool
    assert run(make.from_range("0", "10", "2", "cpu").text).variables["t"].dtype == torch.int64
    assert run(make.from_range("0.0", "10", "2", "cpu").text).variables["t"].is_floating_point()
    for cell in ("t[0, 1]", make.cell("t[0, 1]")):
        for other in OTHERS:
            assert (made(other, 2, 2, cell)[0] == NEW_VALUE).any()
