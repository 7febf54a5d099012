"""Sentences of the training page: tried against numpy and torch where they would be false."""

import csv
import itertools
import math
import re
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from groundup.engine import lesson, observe
from groundup.engine.run_log import UpdateLog
from groundup.engine.snapshot import number
from groundup.engine.text import changed_lines
from groundup.figures.theme import palette
from groundup.figures.training import by_hand, sentences
from groundup.figures.training.run_table import swept
from groundup.figures.training.stability import caveat, described, verdict
from groundup.figures.training.stability import numbers as ruler_numbers
from groundup.training import broken_loop, own_data, schedule, stability, standardising, table_file
from groundup.training.batches import in_batches
from groundup.training.by_hand import Hand
from groundup.training.own_data import Points
from groundup.training.run_table import Sweep
from groundup.training.session import Training
from groundup.training.stability import Ruler
from groundup.training.surface import LossSurface
from groundup.ui.training.taking_home import _numbers
from tests.training.test_mistake_words import numbers, path

LOOP = lesson.load("training_loop")
HAND = lesson.load("by_hand")
PAGE = Path(__file__).parents[2] / "groundup" / "ui" / "training" / "page.py"
OPTIMIZERS = LOOP.parameters["optimizer"].options


def finished(text):
    training = Training(text)
    training.finish()
    return training


# The run


@pytest.mark.parametrize(
    "way",
    [
        LOOP,
        LOOP.set(noise=5.0, points=2, epochs=1),
        in_batches(LOOP.set(optimizer="Adam"), "8 points"),
    ],
)
def test_the_end_names_the_line_it_came_to_and_the_best_there_is(way):
    training = finished(way)
    setting = training.setting
    lines, losses = path(training.run, setting)
    best = np.polyfit(setting.x, setting.y, 1)
    said = sentences.about_run(way, training.run, setting)["end"]
    wanted = [training.run.epochs, *lines[-1], losses[-1], *best]
    assert ("epochs" in said) == (training.run.epochs > 1)
    assert numbers(said) == pytest.approx(wanted, rel=2e-3, abs=1e-4)


@pytest.mark.parametrize(("rate", "grows"), [(0.99, False), (1.01, True)])
def test_the_limit_that_a_grown_loss_names_is_where_it_begins_to_grow(rate, grows):
    limit = Training(LOOP).setting.surface.largest_stable_step
    training = finished(LOOP.set(learning_rate=rate * limit, epochs=1000))
    said = sentences.about_run(training.lesson, training.run, training.setting)["end"]
    losses = path(training.run, training.setting)[1]
    assert said.startswith("The loss grew") == grows == (losses[-1] > losses[0])
    if grows:
        wanted = [losses[0], losses[-1], limit, 2]
        assert numbers(said.replace("2/λmax", "2 /")) == pytest.approx(wanted, rel=5e-3)


@pytest.mark.parametrize(
    ("loss", "why"), [(math.inf, "as its squares add up to more than a"), (math.nan, "not")]
)
def test_a_loss_that_is_no_number_is_called_what_it_is(loss, why):
    training, after = finished(LOOP.set(learning_rate=3.0, epochs=300)), [0.5, loss, math.nan]
    said = sentences._diverged(LOOP, training.setting.surface, after)
    assert said.startswith(f"Diverged: at epoch 1 the loss became {'NaN' if why == 'not' else '∞'}")
    assert f", {why}" in said
    # Of a run's first loss that is ∞, it is the sum of squares that a float32 cannot hold.
    at = training.setting.moments(training.run).loss
    first = next(n for n, value in enumerate(at) if not math.isfinite(value))
    x, y = (np.array(v) for v in (training.setting.x, training.setting.y))
    w, b = training.setting.start
    for _ in range(first):
        off = w * x + b - y
        w, b = w - 3.0 * 2 * (off * x).mean(), b - 3.0 * 2 * off.mean()
    off = w * x + b - y
    assert (off**2).sum() > torch.finfo(torch.float32).max > len(x) * at[first - 1]


def test_a_mistakes_divergence_gives_no_cause():
    training = finished(LOOP.set(learning_rate=3.0, epochs=300).edit("uphill"))
    said = sentences.about_run(training.lesson, training.run, training.setting)
    assert said["end"] == ""
    assert "λmax" not in said["diverged"]


@pytest.mark.parametrize("way", [LOOP, in_batches(LOOP.set(points=9), "4 points")])
def test_the_numbers_taken_home_have_in_each_row_one_line_and_its_loss(way):
    training = finished(way)
    rows = list(csv.DictReader(_numbers(training).splitlines()))
    lines, losses = path(training.run, training.setting)
    assert [int(row["epoch"]) for row in rows] == list(range(101))
    assert [[float(row["w"]), float(row["b"])] for row in rows] == lines.tolist()
    assert [float(row["loss"]) for row in rows] == pytest.approx(losses, rel=1e-4, abs=1e-6)


def test_every_change_that_waits_for_train_has_a_marked_line():
    for mistake in broken_loop.mistakes(LOOP).values():
        broken = LOOP.edit(mistake.name)
        assert changed_lines(LOOP.text, broken.text)
        assert changed_lines(broken.text, LOOP.text)
    for other in (LOOP.at_epoch(3, learning_rate=0.01), LOOP.set(optimizer="Adam")):
        assert changed_lines(other.text, LOOP.text)


def test_a_sweep_marks_what_left_the_picture_and_names_each_loss():
    losses = [0.02, 0.01, 5e3, 9e9, math.inf, math.nan]
    sweep = Sweep("", [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], losses, 1.0)
    (drawn,) = swept(sweep, None, 0.1, palette(dark=False)).data
    assert drawn.marker.symbol == ("circle",) * 3 + ("x",) * 3
    assert drawn.y[:3] == tuple(losses[:3])
    assert len(set(drawn.y[3:])) == 1
    assert drawn.y[3] > drawn.y[2]
    assert list(drawn.customdata) == ["0.02", "0.01", "5000", "9e+09", "∞", "NaN"]


# The parts of the text


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_learning_rate_is_a_factor_of_each_step_and_the_optimizer_is_step_four(optimizer):
    one, two = (
        observe.run(LOOP.set(optimizer=optimizer, learning_rate=rate, epochs=1).text).columns
        for rate in (0.05, 0.1)
    )
    for name, start in (("w", -1.0), ("b", 0.0)):
        assert two[name][0] - start == pytest.approx(2 * (one[name][0] - start), rel=1e-4)
    head, steps = LOOP.set(optimizer=optimizer).text.split("\nfor epoch in", 1)
    plain_head, plain_steps = LOOP.text.split("\nfor epoch in", 1)
    assert head.startswith(plain_head.rstrip())
    for text in (steps, plain_steps):
        assert text.count("# 4. Update Parameters") == text.count("# 5. Zero Gradients") == 1
    cut = [(s.split("# 4. Update")[0], s.split("# 5. Zero")[1]) for s in (steps, plain_steps)]
    assert cut[0] == cut[1]


def test_momentum_steps_along_a_running_sum_and_learns_two_numbers():
    run = observe.run(LOOP.set(optimizer="momentum", epochs=30).text)
    learned = [
        v
        for v in run.variables.values()
        if isinstance(v, torch.Tensor) and v.requires_grad and v.is_leaf
    ]
    assert sum(tensor.numel() for tensor in learned) == 2
    gradients, w = np.array(run.columns["w.grad"]), np.array([-1.0, *run.columns["w"]])
    for n in range(1, 30):
        weights = 0.9 ** np.arange(n)[::-1]
        assert w[n] - w[n - 1] == pytest.approx(-0.1 * weights @ gradients[:n], rel=1e-3, abs=1e-5)


def test_an_epoch_takes_every_point_once_in_a_new_order_and_a_batch_has_less_to_compute():
    run, orders = observe.Run(in_batches(LOOP.set(epochs=3, points=10), "4 points").text), []
    sizes, strays = [], []
    while step := run.step():
        seen = run.variables
        if step.number == 3:
            sizes.append(len(seen["batch"]))
            with torch.no_grad():
                off = seen["X"] @ seen["w"] + seen["b"] - seen["y_true"]
                whole = 2 * torch.mean(off * seen["X"])
            strays.append(abs(whole.item() - seen["w"].grad.item()))
            if len(sizes) % 3 == 0:
                orders.append(seen["order"].tolist())
    assert sizes == [4, 4, 2] * 3
    assert max(sizes) == run.variables["batch_size"]
    assert [sorted(order) for order in orders] == [list(range(10))] * 3
    assert len(set(map(tuple, orders))) == 3
    assert min(strays) > 1e-4
    work = []
    for count in (4, 10):
        with FlopCounterMode(display=False) as counter:
            torch.rand(count, 1) @ torch.rand(1, 1)
        work.append(counter.get_total_flops())
    assert work[0] < work[1]


@pytest.mark.parametrize("mistake", [None, "no_zero", "zero_early"])
def test_the_arrow_of_a_step_is_the_grad_that_its_backward_left(mistake):
    text = in_batches(LOOP.set(epochs=2, points=10), "4 points")
    run, left = observe.Run((text.edit(mistake) if mistake else text).text), []
    while step := run.step():
        if step.number == 3:
            left.append(run.variables["w"].grad.item())
    assert list(run.track.columns["w.grad"]) == pytest.approx(left)
    assert f"more than {UpdateLog.MAX_KEPT:,})" in " ".join(PAGE.read_text("utf-8").split())


def test_drawn_points_stray_by_the_noise_from_the_line_to_be_found():
    settings = {"points": 500, "true_w": 3.0, "true_b": -2.0}
    for noise in (0.0, 0.5, 5.0):
        setting = Training(LOOP.set(noise=noise, **settings)).setting
        off = np.array(setting.y) - 3.0 * np.array(setting.x) + 2.0
        assert len(off) == 500
        assert off.std() == pytest.approx(noise, rel=0.1, abs=1e-5)
    exact = Training(LOOP.set(noise=0.0, **settings)).setting
    assert np.polyfit(exact.x, exact.y, 1) == pytest.approx([3.0, -2.0], abs=1e-4)
    other = Training(LOOP.set(noise=0.0, seed=1, **settings)).setting
    again = Training(LOOP.set(noise=0.0, seed=0, **settings)).setting
    assert (other.x != exact.x, again.x == exact.x) == (True, True)


# The ruler


def run_of(surface_x, start, rate, epochs):
    """Plain gradient descent on y = 2x + 1 from ``start``, in float64: what the page sees."""
    x = np.array(surface_x)
    y, (w, b), lines = 2 * x + 1, start, []
    for _ in range(epochs):
        off = w * x + b - y
        w, b = w - rate * 2 * (off * x).mean(), b - rate * 2 * off.mean()
        lines.append((w, b))
    losses = [((p * x + q - y) ** 2).mean() for p, q in [start, *lines]]
    surface = LossSurface.of(list(x), list(y))
    ws, bs = zip(*lines, strict=True)
    return surface, stability.seen(surface, start, ws, bs, losses), losses


FIVE = [1.0, 2.0, 3.0, 4.0, 5.0]
ROUND = [-1.1, -0.4, 0.3, 1.2]


@pytest.mark.parametrize("x", [FIVE, ROUND])
@pytest.mark.parametrize("epochs", [1, 2, 40])
@pytest.mark.parametrize("share", [0.001, 0.3, 0.51, 0.8, 1.05])
def test_where_a_rate_stands_and_what_was_seen_is_true_of_the_curvature(x, epochs, share):
    rate = float(f"{share * LossSurface.of(x, x).largest_stable_step:.4g}")
    surface, seen, losses = run_of(x, (-1.0, 0.0), rate, epochs)
    ruler = Ruler.of(surface, epochs)
    low, high = np.linalg.eigvalsh(np.array(surface.hessian))
    said = verdict(None, seen, ruler, rate, "gradient descent")
    where = said.split("The rate ")[1]
    left = (1 - rate * low) ** epochs
    if "is above the limit" in where:
        assert rate > 2 / high
    elif "lies between half the limit" in where:
        assert 1 / high <= rate <= 2 / high
    elif "lies between" in where:
        assert rate <= 1 / high
        assert left <= 0.0101
    else:
        assert "over 1 % of the slowest way" in where
        assert left > 0.0099
    if "% of the way" in said:
        way = math.sqrt(max(losses[-1] - surface.floor, 0) / (losses[0] - surface.floor))
        assert float(said.split("; ")[-1].split(" %")[0]) == pytest.approx(100 * way, rel=0.06)
        across = np.linalg.eigh(np.array(surface.hessian))[1][:, 1] @ (
            np.array([-1.0, 0.0]) - surface.optimum
        )
        modes = [across * (1 - rate * high) ** n for n in range(epochs + 1)]
        visible = [m for m in modes if abs(m) > 1e-4 * 3]
        swings = sum(p * q < 0 for p, q in itertools.pairwise(visible))
        assert ("once" if swings == 1 else f"{swings} times") in said
    expected = "diverges" if rate > 2 / high else "oscillates"
    if rate <= 1 / high:
        expected = "crawls" if left > 0.01 else "converges"
    limit = number(2 / high)
    other = f"(For gradient descent {rate:g} would mean: {expected}; 2/λmax = {limit}.)"
    assert other in verdict(None, seen, ruler, rate, "Adam")
    told = numbers(ruler_numbers(ruler).replace("2/λmax", "").replace("1/λmax", ""))
    assert told[:2] == pytest.approx([low, high], rel=2e-3)
    assert told[2:5] == pytest.approx([high / low, 2 / high, 1 / high], rel=2e-3)
    assert (1 - told[5] * low) ** epochs == pytest.approx(0.01, rel=0.02, abs=1e-3)
    assert f"Today's is {rate:g}." in described(ruler, rate, 1e-4, 10)


def test_the_ruler_knows_neither_the_start_nor_the_swings_that_are_not_seen():
    """One rate, one curvature, one saying; and yet two outcomes, and one that is cut short."""
    limit = LossSurface.of(FIVE, FIVE).largest_stable_step
    surface, swinging, _ = run_of(FIVE, (-1.0, 0.0), 0.8 * limit, 40)
    slow = np.linalg.eigh(np.array(surface.hessian))[1][:, 0]
    along = tuple(float(v) for v in np.array(surface.optimum) + 3 * slow)
    _, steady, _ = run_of(FIVE, along, 0.8 * limit, 40)
    _, short, _ = run_of(FIVE, (-1.0, 0.0), 0.8 * limit, 2)
    assert Ruler.of(surface, 40).outcome(0.8 * limit) == swinging.outcome == "oscillates"
    for seen, epochs in ((steady, 40), (short, 2)):
        assert seen.outcome != "oscillates"
        told = verdict(
            "oscillates", seen, Ruler.of(surface, epochs), 0.8 * limit, "gradient descent"
        )
        assert "knows neither the start, nor which swings" in told


def test_momentum_is_stable_up_to_the_number_told_and_swings_below():
    setting = Training(LOOP).setting
    ruler = Ruler.of(setting.surface, 100)
    told = numbers(caveat("momentum", False, False, ruler).split(" = ")[1])[0]
    ends = []
    for share in (0.98, 1.02):
        way = LOOP.set(optimizer="momentum", learning_rate=share * told, epochs=2000)
        columns = observe.run(way.text).columns
        ends.append(columns["loss"][-1] < columns["loss"][0])
    assert ends == [True, False]
    w = observe.run(LOOP.set(optimizer="momentum", learning_rate=0.1 * told).text).columns["w"]
    away = np.array(w) - setting.surface.optimum[0]
    assert (away[1:20] * away[:19] < 0).sum() >= 2


@pytest.mark.parametrize(("optimizer", "same"), [("RMSprop", True), ("Adam", True), ("SGD", False)])
def test_a_curvature_a_hundred_times_as_large_changes_only_plain_steps(optimizer, same):
    ends = []
    for factor in (1.0, 100.0):
        p = torch.tensor([3.0], dtype=torch.float64, requires_grad=True)
        steps = getattr(torch.optim, optimizer)([p], lr=0.01)
        for _ in range(10):
            steps.zero_grad()
            (factor * p**2).sum().backward()
            steps.step()
        ends.append(p.item())
    assert (ends[0] == pytest.approx(ends[1], rel=1e-4)) == same


def test_a_rate_that_all_points_bear_may_be_too_much_for_one():
    limit = Training(LOOP).setting.surface.largest_stable_step
    way = LOOP.set(learning_rate=0.9 * limit, epochs=300)
    losses = [finished(in_batches(way, size)) for size in ("all points", "1 point")]
    full, single = (path(one.run, one.setting)[1][-1] for one in losses)
    assert full < 0.1
    assert not single < 1


# By hand


HARD = [
    Points((1000.0, 1001.0, 1002.0, 1003.0), (2003.0, 2005.0, 2007.1, 2009.0)),
    Points((1e6, 1e6 + 1, 1e6 + 2), (2e6, 2e6 + 2, 2e6 + 4.5)),
    Points((1.0, 2.0, 3.0), (1.0, 2.0, 2.5)),
]


@pytest.mark.parametrize("points", HARD)
@pytest.mark.parametrize("place", [(2.0, 3.0), (0.75, 0.33), (-3.0, 1.0)])
def test_by_hand_the_best_is_numpys_and_none_is_better(points, place):
    hand = Hand()
    hand.place(own_data.with_points(HAND.set(hand_w=place[0], hand_b=place[1]), points))
    x, y = np.array(points.x), np.array(points.y)
    slope, level = np.polyfit(x - x.mean(), y, 1)
    best = ((slope * (x - x.mean()) + level - y) ** 2).mean()
    told = numbers(by_hand.score(hand))
    if hand.found_at:
        assert told[1:3] == pytest.approx([hand.tries[0].loss, best], rel=1e-2)
        assert told[3] == pytest.approx(slope, rel=1e-3)
        assert hand.tries[0].loss <= max(1.02 * best, best + 1e-4)
    else:
        assert told == pytest.approx([1, hand.tries[0].loss - best, best], rel=1e-2)
        assert told[1] > 0


# Own points, schedules and files


SCALES = {
    "tiny": (0.0, 1e-3, 2e-3),
    "around zero": (-100.0, 0.0, 100.0, 50.0),
    "years": (2001.0, 2002.0, 2003.0),
    "shifted": (10.0, 10.1, 10.2),
    "next to nothing": (1e-9, 2e-9),
}


@pytest.mark.parametrize("x", SCALES.values(), ids=SCALES)
def test_why_a_scale_is_too_hard_is_true_of_its_curvature(x):
    points = Points(x, tuple(2 * v + 1 for v in x))
    said = standardising.why(points, LOOP)
    x32 = [float(np.float32(v)) for v in x]
    mean, square = math.fsum(x32) / len(x32), math.fsum(v * v for v in x32) / len(x32)
    spread = math.fsum((v - mean) ** 2 for v in x32) / len(x32)
    high = square + 1 + math.sqrt((square + 1) ** 2 - 4 * spread)
    low = 4 * spread / high
    if "large" in said:
        assert numbers(said)[0] == pytest.approx(2 / high, rel=1e-3)
        assert 2 / high < numbers(said)[2] == 1e-4
        return
    condition, rate, *_ = numbers(said)
    epochs = float(said.split("points needs ")[1].split(" epochs")[0].replace(",", ""))
    assert condition == pytest.approx(high / low, rel=1e-3)
    assert rate == pytest.approx(1 / high, rel=0.1)
    assert rate <= 1 / high
    assert epochs == pytest.approx(math.log(1e-6) / math.log1p(-rate * low), rel=1e-3)
    assert epochs > 2000


@pytest.mark.parametrize("shift", [0.0, 1.5, -3.0, 8.0])
@pytest.mark.parametrize("scale", [0.05, 1.0, 9.0])
def test_the_settings_advised_leave_a_millionth_of_the_way_or_are_not_advised(shift, scale):
    x = tuple(shift + scale * math.sin(n * n) for n in range(20))
    points = Points(x, x)
    rate, epochs = numbers(standardising.advice(points).replace(",", ""))
    curvatures = np.linalg.eigvalsh(np.array(LossSurface.of(*own_data.taken(points)).hessian))
    assert (abs(1 - rate * curvatures) ** epochs <= 1.01e-6).all()
    assert bool(standardising.why(points, LOOP)) == (epochs > 2000)
    assert epochs == 10 or (abs(1 - rate * curvatures) ** (0.98 * epochs) > 1e-6).any()


def test_own_points_are_the_same_whatever_the_drawn_ones_would_be():
    points = Points((1.0, 2.0, 4.0), (3.0, 5.0, 6.0))
    drawn = LOOP.set(points=9, noise=3.0, true_w=-1.0, true_b=7.0)
    assert own_data.with_points(drawn, points).text == own_data.with_points(LOOP, points).text


def test_the_least_difference_of_a_float32_is_named():
    said = standardising.why(Points((2e9, 2e9 + 1), (1.0, 2.0)), LOOP)
    assert float(np.float32(2e9)) == float(np.float32(2e9 + 1)) == numbers(said.split(": ")[1])[0]


def test_with_equal_x_every_slope_fits_equally_well():
    y = np.array([1.0, 4.0, 2.0])
    least = [
        min(((w * 2.0 + b - y) ** 2).mean() for b in [(y - w * 2.0).mean()]) for w in (-5, 0, 7)
    ]
    assert least == pytest.approx([y.var()] * 3)
    with pytest.raises(ValueError, match=r"all x are 2 \(column x, rows 1 to 3\): every slope"):
        own_data.from_table([{"x": 2, "y": v} for v in y])


@pytest.mark.parametrize("count", [2, 5, 200])
def test_standardised_columns_are_of_size_one_and_found_at_the_default_settings(count):
    x = tuple(1e5 + 3.0 * n + (500.0 if n == 1 else 0) for n in range(count))
    points = Points(x, tuple(0.01 * (n * n % 7) for n in range(count)), standardised=True)
    own = own_data.with_points(LOOP, points)
    run = observe.Run(own.text, files=own.files).finish()
    rows = run.variables["rows"]
    assert rows.mean(0).tolist() == pytest.approx([0, 0], abs=1e-9)
    assert rows.std(0).tolist() == pytest.approx([1, 1])
    best = np.polyfit(*rows.T.numpy(), 1)
    found = [run.variables["w"].item(), run.variables["b"].item()]
    assert found == pytest.approx(best, abs=1e-3)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"x": 1, "y": 2}] * 5001, "more than 5,000 rows"),
        ([{"x": 1, "y": 2}], "at least 2 points, and there are 1"),
        ([], "at least 2 points, and there are 0"),
        ([{"x": 1, "y": 2}, {"x": "1,5", "y": 2}], "row 2, column x holds «1,5», which is no"),
        ([{"x": 1, "y": 2}, {"x": 2, "y": -2e12}], "−1e[+]12 to 1e[+]12 is allowed"),
    ],
)
def test_a_table_that_is_no_line_says_what_is_wrong(rows, said):
    with pytest.raises(ValueError, match=said):
        own_data.from_table(rows)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0: 0.1, x", "«x» is not"),
        ("0: 1.2.3", "is not a number"),
        ("120: 0.1", "must begin at 0 and go up"),
        ("0: 0.1, 5: 0.2, 5: 0.3", "must begin at 0 and go up"),
        (", ".join(f"{n}: 0.1" for n in range(21)), "holds 21 entries; 20 is the most"),
    ],
)
def test_a_schedule_is_refused_for_what_is_wrong_with_it(text, said):
    with pytest.raises(ValueError, match=said):
        schedule.parse(text)


@pytest.mark.parametrize(
    ("raw", "notes"),
    [
        (b"PK;y\n1;2\n2;3\n", []),
        (b"1;2\n2;3\n", ["No line of names was found."]),
        (b"# May\nx;y;z\n1;2;0\n2;3;0\n", ["1 line above the table is not used."]),
        (b"# May\n# June\nx;y;z\n1;2;0\n2;3;0\n", ["2 lines above the table are not used."]),
        ("Größe;y\n1;2\n2;3".encode("cp1252"), ["The file was read as cp1252."]),
        (
            b"x;y\n$1;2%\n$2;3%\n",
            ["Signs are left out: $1 is 1.", "Signs are left out: 2% is 2."],
        ),
    ],
)
def test_what_a_file_says_of_itself(raw, notes):
    table = table_file.read(raw)
    found = [*table.notes, *(note for column in table.columns for note in column.notes)]
    assert found == notes
    assert (table.points(0, 1).x, table.points(0, 1).y) == ((1, 2), (2, 3))


def test_what_the_csv_reader_refuses_is_passed_on():
    raw = b'x,y\n1,"' + b"2" * (csv.field_size_limit() + 1) + b'"\n'
    with pytest.raises(ValueError, match="cannot be read as CSV: field larger than field limit"):
        table_file.read(raw)


@pytest.mark.parametrize("text", [LOOP, HAND, in_batches(LOOP, "4 points")])
def test_what_a_comment_allows_is_allowed_and_no_more(text):
    bounds = re.findall(r"^(\w+) = .*# .*: (\S+) to (\S+)$", text.text, re.MULTILINE)
    assert len(bounds) > 7
    for name, *ends in bounds:
        if name == "batch_size":
            continue  # a choice's own
        low, high = map(float, ends)
        kind = type(text.settings[name])
        for allowed in (low, high):
            assert float(text.set(**{name: kind(allowed)}).settings[name]) == allowed
        for refused in (low - 1, high + 1):
            with pytest.raises(ValueError, match="to"):
                text.set(**{name: kind(refused)})
