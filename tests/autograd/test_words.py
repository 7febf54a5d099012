"""What the requires_grad page says in words, tried against torch where it would be false."""

import math
import re

import pytest
import torch
from torch.testing import assert_close

from groundup.autograd import accumulation, level_line, slopes, tracking, ways_out
from groundup.engine import lesson
from groundup.engine.observe import run
from groundup.figures.autograd import accumulation as stacks
from groundup.figures.autograd import level_line as contours
from groundup.figures.autograd import slopes as curves
from groundup.figures.theme import palette
from groundup.language.grammar import ProgramError
from groundup.mistakes import gallery
from groundup.ui.settings import requires_grad as settings

COLOURS = palette(dark=False)
LESSONS = (
    *("adding_up", "gradient_hook", "kept_memory", "level_line", "mini_batches", "second_order"),
    *("slope", "used_twice"),
)


@pytest.mark.parametrize("name", LESSONS)
def test_a_comments_bounds_are_those_that_hold(name):
    loaded = lesson.load(name)
    for one in loaded.parameters.values():
        if one.low is not None:
            for allowed in (one.low, one.high):
                loaded.set(**{one.name: type(one.default)(allowed)})
            for beyond in (one.low - 1, one.high + 1):
                with pytest.raises(ValueError, match=re.escape(f"{one.name} = ")):
                    loaded.set(**{one.name: type(one.default)(beyond)})


# The slope


def typed(formula, **more):
    return slopes.look(slopes.typed(formula).set(**more).text)


@pytest.mark.parametrize("formula", ["w**3 - 2 * w", "sin(w) / 2", "sin(w) * exp(-w**2)"])
def test_every_formula_that_a_sentence_gives_as_an_example_is_one(formula):
    assert typed(formula).failure is None


@pytest.mark.parametrize("name", sorted(slopes.POINTWISE))
def test_what_is_said_to_treat_each_w_by_itself_does(name):
    """Its slopes are those of a sum only if no result depends on another w."""
    more = ", 2" if name == "pow" else ", min=0.2" if name == "clamp" else ""
    call = f"F.{name}" if name in ("softplus", "gelu", "silu", "elu", "leaky_relu") else name
    text = slopes.typed(f"{call}(w{more})").text
    script = {}
    exec(text.partition("# Autograd's slope")[0], script)
    w = torch.linspace(0.1, 0.9, 9, dtype=torch.float64)
    # Several at once may be computed by other instructions than one: the last bit may differ.
    assert_close(script["f"](w), torch.stack([script["f"](one) for one in w]))


@pytest.mark.parametrize("formula", ["w.mean()", "softmax(w, dim=0)", "w.sum()", "max(w)"])
def test_what_is_refused_does_not_treat_each_w_by_itself(formula):
    with pytest.raises(ProgramError, match="does not treat each w by itself"):
        slopes.typed(formula)


@pytest.mark.parametrize(
    ("formula", "height"),
    [("log(w - 2)", math.nan), ("sqrt(w**4)", 0.0), ("sqrt(w - 1)", math.nan)],
)
def test_nan_is_said_of_the_value_or_the_slope_that_comes_out(formula, height):
    """w² has a slope at 0, and autograd makes NaN of the root of its square."""
    found = typed(formula, at=0.0)
    assert math.isnan(found.slope) or math.isnan(found.height)
    assert found.height == height or (math.isnan(height) and math.isnan(found.height))
    assert "comes out here as NaN" in slopes.in_words(found)


@pytest.mark.parametrize(
    ("formula", "at", "said"),
    [
        ("relu(w)", 0.0, "nearest to zero"),
        ("abs(w)", 0.0, "nearest to zero"),
        ("relu(w) + abs(w)", 0.0, "nearest to zero"),
        ("clamp(w, max=1.5)", 1.5, "to the left side"),
        ("clamp(-w, max=1.5)", -1.5, "to the right side"),
        ("relu(w) - 2 * w", 0.0, "to the left side"),
        ("abs(w) + w", 0.0, "what the function's formula gives"),
    ],
)
def test_which_slope_pytorch_takes_at_a_kink_is_said_as_it_is(formula, at, said):
    found = typed(formula, at=at)
    w = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    script = {}
    exec(slopes.typed(formula).text.partition("# Autograd's slope")[0], script)
    script["f"](w).backward()
    answer = w.grad.item()
    low, high = sorted((found.left, found.right))
    words = slopes.in_words(found)
    assert words.startswith("**A kink:**")
    assert said in words
    assert f"answers **{answer:.4g}**".replace("-", "−") in words
    assert ("nearest to zero" in words) == (answer == pytest.approx(min(max(0, low), high)))
    assert ("to the left side" in words) <= (answer == pytest.approx(found.left))
    assert ("to the right side" in words) <= (answer == pytest.approx(found.right))


def test_a_kinks_sides_differ_however_near_one_looks_and_a_bends_draw_together():
    for formula, differ in (("abs(w)", True), ("w**2", False)):
        variables = run(slopes.typed(formula).set(at=0.0).text).variables
        far, near = (variables[f"{n}right"] - variables[f"{n}left"] for n in ("", "near_"))
        assert (near == pytest.approx(far)) is differ
        assert (near < far / 50) is not differ


def test_a_walk_that_left_the_plot_is_said_to_have_left_it():
    for steps, left in ((1, False), (60, True)):
        found = typed("-w", at=0.0, learning_rate=0.1, steps=steps)
        assert ("left the plot" in slopes.about_walk(found)) is left
        assert (found.trail[-1] > found.ws[-1]) is left


@pytest.mark.parametrize(("at", "steps"), [(1.5, 0), (-2.0, 3)])
def test_the_words_of_the_curve_are_its_numbers(at, steps):
    found = slopes.look(lesson.load("slope").set(at=at, steps=steps).text)
    end = f"{at * 0.8**steps:.4g}".replace("-", "−")
    said = curves.in_words(found)
    assert f"f is {at**2:g} and the slope is {2 * at:g}.".replace("-", "−") in said
    assert f"The walk has {steps} steps and ends at w = {end}." in said
    figure = curves.curve_and_slope(found, COLOURS)
    (tangent,) = (line for line in figure.data if (line.name or "").startswith("tangent"))
    rise = (tangent.y[1] - tangent.y[0]) / (tangent.x[1] - tangent.x[0])
    assert rise == pytest.approx(found.slope)
    assert tangent.line.dash == "dash"


def test_a_curve_without_a_value_says_at_how_many_places_it_looked(visit):
    """Between two of them it may have one: here around 0.01, between 0 and 0.02."""
    formula = "sqrt(0.000001 - (w - 0.01)**2)"
    assert math.isfinite(typed(formula, at=0.01).height)
    found = typed(formula)
    assert found.empty
    app = visit("requires_grad", autograd=settings.SLOPE, curve="my own", formula=formula)
    said = app.warning[0].value
    assert f"at any of {len(found.ws)} places from {found.ws[0]:g} to {found.ws[-1]:g}" in said


# Two variables


@pytest.mark.parametrize("surface", lesson.load("level_line").parameters["surface_of"].options)
@pytest.mark.parametrize(("at_w", "at_b"), [(2.0, 1.0), (-1.5, 0.3), (0.4, -3.0)])
def test_the_arrow_points_where_f_rises_most_by_its_length(surface, at_w, at_b):
    text = lesson.load("level_line").set(surface_of=surface, at_w=at_w, at_b=at_b).text
    found = level_line.look(text)
    f, h = run(text).variables["f"], 1e-6
    turn = torch.linspace(0, 2 * math.pi, 3601, dtype=torch.float64)
    w, b = (torch.tensor(at, dtype=torch.float64) for at in (at_w, at_b))
    along = (f(w + h * turn.cos(), b + h * turn.sin()) - f(w, b)) / h
    length = math.hypot(*found.gradient)
    assert along.max().item() == pytest.approx(length, rel=1e-3)
    steepest = turn[along.argmax()]
    assert (steepest.cos() * length).item() == pytest.approx(found.gradient[0], abs=0.01 * length)
    assert (steepest.sin() * length).item() == pytest.approx(found.gradient[1], abs=0.01 * length)
    said = level_line.in_words(found)
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", said.replace("−", "-"))]
    assert numbers[:3] == pytest.approx([*found.gradient, length], rel=1e-3)
    assert numbers[3] == pytest.approx(90, abs=0.1)
    alt = contours.in_words(found).replace("−", "-")
    assert f"At w = {at_w:g}, b = {at_b:g} the gradient is" in alt
    assert "at 90.0 degrees" in alt


def test_flat_is_said_only_where_no_direction_rises():
    """At a saddle's middle f neither rises nor falls to first order; beside it, it does."""
    for at, flat in ((0.0, True), (0.001, False)):
        text = lesson.load("level_line").set(surface_of="saddle", at_w=at, at_b=0.0).text
        found, f, h = level_line.look(text), run(text).variables["f"], 1e-7
        turn = torch.linspace(0, 2 * math.pi, 61, dtype=torch.float64)
        w, b = torch.tensor([at, 0.0], dtype=torch.float64)
        along = (f(w + h * turn.cos(), b + h * turn.sin()) - f(w, b)) / h
        assert (along.abs().max() < 1e-6).item() is flat
        assert (
            "flat in every direction, so there is no arrow" in level_line.in_words(found)
        ) is flat
        assert bool(contours.contour(found, COLOURS).layout.annotations) is not flat


# Gradients add up


@pytest.mark.parametrize("between", lesson.load("adding_up").parameters["between"].options)
def test_the_words_of_the_stack_are_torchs_numbers(between):
    text = lesson.load("adding_up").set(calls=3, between=between).text
    w, told = torch.tensor(3.0, requires_grad=True), []
    for x in (1.0, 2.0, 3.0):
        before = w.grad.item() if w.grad is not None and between == "nothing" else 0.0
        w.grad = torch.tensor(before)
        ((w * x - 1) ** 2).backward()
        told.append(f"{w.grad.item():g} (this call added {w.grad.item() - before:g})")
    said = stacks.in_words(accumulation.calls(text))
    assert said == f"w.grad after each call: {', '.join(told)}"


def test_the_heading_of_small_batches_is_answered_by_the_difference_it_prints():
    """Yes, if each is divided by their number; no, if that was forgotten."""
    batches = lesson.load("mini_batches")
    divided, forgotten = (
        run(made.text).variables for made in (batches, batches.edit("forget_division"))
    )
    assert divided["difference"] < 1e-5 * abs(divided["big"])
    assert forgotten["difference"] > abs(forgotten["big"])


def test_each_place_and_each_mini_batch_stands_alone():
    """Without zeroing in between, w.grad holds the sum of what each gives by itself."""
    found = run(lesson.load("mini_batches").set(batches=3).text).variables
    X, y, batches, size = (found[name] for name in ("X", "y_true", "batches", "size"))
    each = []
    for x, t in zip(X.split(size), y.split(size), strict=True):
        w = torch.tensor([[0.5]], requires_grad=True)
        (torch.mean((x @ w - t) ** 2) / batches).backward()
        each.append(w.grad.item())
    assert len(each) == 3
    assert found["w"].grad.item() == pytest.approx(sum(each), rel=1e-5)
    w = torch.tensor([[0.5]], requires_grad=True)
    torch.mean((X @ w - y) ** 2).backward()
    assert found["big"] == pytest.approx(w.grad.item())


def test_momentum_remembers_an_ordinary_step_and_nothing_before_it():
    """After the gradient is zeroed, a second step still moves w by 0.9 of the first."""
    found = run(lesson.load("left_behind").text).variables
    assert found["before"] == pytest.approx(3.0 - 0.1 * 6.0)
    assert found["moved"] == pytest.approx(-0.9 * 0.1 * 6.0)


# The switch, the ways out, the mistakes


def test_the_words_of_the_cards_and_where_a_gradient_goes_are_torchs():
    text = lesson.load("switch").edit("keep_y").text
    script = {}
    exec(text, script)
    said = {n: tracking.destiny(t) for n, t in tracking.track_run(text).moments[-1].tensors.items()}
    assert set(said) == {"x", "w", "b", "y", "loss"}
    for name, words in said.items():
        tensor = script[name]
        assert ("none comes" in words) == (not tensor.requires_grad)
        assert ("stays here" in words) == (tensor.requires_grad and tensor.is_leaf)
        assert ("passes on" in words) == (tensor.grad_fn is not None)
        assert ("keeps a copy" in words) == (tensor.grad_fn is not None and tensor.retains_grad)
        if "not kept" not in words:
            assert (tensor.grad is None) == ("none comes" in words)


def test_after_inference_mode_no_gradient_can_be_had_and_after_the_others_one_can():
    ways = {way.name: way for way in ways_out.every_way()}
    for name, way in ways.items():
        assert (way.failure is None) == (name != "inference_mode()")
    script = {}
    exec(lesson.load("way_out").set(way="requires_grad_(False)").text, script)
    assert not script["w"].requires_grad
    script = {}
    exec(lesson.load("way_out").set(way="no_grad()").text, script)
    assert script["out"].grad_fn is None
    with torch.inference_mode():
        inferred = torch.ones(2) * 3
    with pytest.raises(RuntimeError, match=r"[Ii]nference"):
        inferred.requires_grad_()


@pytest.mark.parametrize("tracked", [True, False])
def test_what_is_kept_is_neither_the_data_nor_the_weights(tracked):
    text = lesson.load("kept_memory").set(layers=3, batch=5, width=7, tracked=tracked).text
    found = run(text)
    bytes_kept = 3 * 5 * 7 * 4 if tracked else 0
    assert f"{bytes_kept:,} bytes are kept for backward()" in found.output
    own = {
        t.untyped_storage().data_ptr() for t in (found.variables["x"], *found.variables["weights"])
    }
    assert not own & set(found.variables["kept"])
    # Every hook was given storage that is there: its address, and its size in bytes.
    assert all(size == 5 * 7 * 4 for size in found.variables["kept"].values())


def test_the_bars_of_memory_are_the_measured_bytes(visit):
    measured = ways_out.kept_memory(4, 8, 16)
    figure = stacks.memory_bars(measured, COLOURS)
    for bars, name in zip(figure.data, ("tracked", "untracked"), strict=True):
        assert [1024 * y for y in bars.y] == [getattr(one, name) for one in measured]
        assert list(bars.x) == [str(one.layers) for one in measured]


def test_the_tally_counts_what_was_foreseen(visit):
    entries = gallery.gallery()
    app = visit("requires_grad", autograd=settings.MISTAKES)
    for count, entry in enumerate(entries[:2], 1):
        app.selectbox(key="mistake").set_value(entry.title).run()
        promise = entry.promise
        wrong = next(kind for kind in gallery.OUTCOMES if kind != promise)
        app.segmented_control(key=f"predict_{entry.name}").set_value(
            (promise, wrong)[count - 1]
        ).run()
        said = f"You predicted 1 of {count}; there are {len(entries)} "
        assert any(said in one.value for one in app.caption)


def test_create_graph_tracks_the_gradient_and_without_it_there_is_no_second_derivative():
    w = torch.tensor(3.0, requires_grad=True)
    for tracked in (True, False):
        (slope,) = torch.autograd.grad(w**3, w, create_graph=tracked)
        assert slope.requires_grad is tracked
    with pytest.raises(RuntimeError):
        torch.autograd.grad(slope, w)


def test_backward_adds_to_the_grad_of_every_leaf_and_grad_touches_none():
    text = lesson.load("grad_or_backward").text
    again = text.replace(
        "answer = loss.backward()",
        "w.grad, b.grad = torch.ones(()), torch.ones(())\nanswer = loss.backward()",
    )
    assert "w.grad = 28.0, b.grad = 14.0" in run(text).output
    assert "w.grad = 29.0, b.grad = 15.0" in run(again).output
    assert "grad() returned (tensor(28.),); w.grad = None, b.grad = None" in run(text).output


def test_one_switch_adds_one_line_that_does_what_it_is_called():
    forgotten = run(lesson.load("switch").edit("forget_b").text).variables
    assert forgotten["b"].grad is None
    assert forgotten["w"].grad is not None


def test_a_hook_is_called_with_the_gradient_of_its_tensor():
    """d(y²)/dy = 2y at y = 6, and what arrives at w is 2 times what the hook gives back."""
    for scale in (-10.0, 0.5):
        found = run(lesson.load("gradient_hook").set(scale=scale).text)
        assert found.output.split() == [
            "passing",
            "y:",
            "12",
            "arrived",
            "at",
            "w:",
            f"{24 * scale:.4g}",
        ]
