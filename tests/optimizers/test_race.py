"""The race: its landscapes, its runs against bare loops, its results and its presets."""

import math
from functools import cache

import pytest
import torch

from groundup.engine import lesson, observe
from groundup.optimizers.inner_state import StateLog
from groundup.optimizers.race import EVALUATIONS, Plan, Race, whole
from groundup.optimizers.racers import LANDSCAPES, MAX_RACERS, descend, presets, racers
from groundup.ui.settings.optimizers import CONTROLS, RACER_KEYS, racer_controls, rate

STEPS = 12


def double(*place):
    return [torch.tensor(float(v), dtype=torch.float64, requires_grad=True) for v in place]


BEALE = ((1.5, 1), (2.25, 2), (2.625, 3))
"""The three squares of Moré, Garbow and Hillstrom (1981), problem 5: c and n in c − x(1 − yⁿ)."""


def beale(x, y):
    return sum((c - x * (1 - y**n)) ** 2 for c, n in BEALE)


def beale_gradient(x, y):
    rest = [(c - x * (1 - y**n), n) for c, n in BEALE]
    by_x = sum(-2 * r * (1 - y**n) for r, n in rest)
    return by_x, sum(2 * r * x * n * y ** (n - 1) for r, n in rest)


# What the functions are, written down again, with their gradients by hand.
TRUTH = {
    "ravine": (lambda x, y: x * x / 10 + 10 * y * y, lambda x, y: (x / 5, 20 * y)),
    "Rosenbrock": (
        lambda x, y: 100 * (y - x * x) ** 2 + (1 - x) ** 2,
        lambda x, y: (-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)),
    ),
    "Beale": (beale, beale_gradient),
    "saddle": (
        lambda x, y: x * x + y**4 - 2 * y * y + 1,
        lambda x, y: (2 * x, 4 * y**3 - 4 * y),
    ),
}


def plan(landscape="ravine", names=("SGD",), steps=STEPS, lr=0.01, start=None, **settings):
    ground, chosen = LANDSCAPES[landscape], tuple(racers()[name] for name in names)
    return Plan(
        ground,
        start or ground.start,
        steps,
        chosen,
        dict.fromkeys(names, lr),
        {one.name: one.defaults | settings.get(one.name, {}) for one in chosen},
    )


def function_of(landscape):
    ground = LANDSCAPES[landscape]
    text = descend(ground, racers()["SGD"], {}, rate=0.1, steps=1, start=ground.start).text
    return observe.run(text).variables["f"]


@pytest.mark.parametrize("name", TRUTH)
def test_a_landscape_is_the_published_function_with_its_gradient(name):
    f, (truth, gradient) = function_of(name), TRUTH[name]
    for place in ((-1.3, 0.7), (2.1, -0.4), (0.5, 1.9)):
        x, y = double(*place)
        loss = f(x, y)
        loss.backward()
        assert loss.item() == pytest.approx(truth(*place), rel=1e-12)
        assert (x.grad.item(), y.grad.item()) == pytest.approx(gradient(*place), rel=1e-12)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_marked_minimum_is_level_and_nothing_near_is_lower(name):
    race = Race(plan(name))
    f = race.entries[0].run.finish().variables["f"]
    for place in race.ground.minima:
        x, y = double(*place)
        loss = f(x, y)
        loss.backward()
        assert loss.item() == pytest.approx(race.ground.lowest, abs=1e-6)
        assert (x.grad.item(), y.grad.item()) == pytest.approx((0, 0), abs=1e-5)
        for dx, dy in ((0.1, 0), (-0.1, 0), (0, 0.1), (0, -0.1)):
            assert f(x + dx, y + dy) > loss
    assert race.ground.heights.min() >= race.ground.lowest


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_heights_that_are_drawn_are_the_losses_there(name):
    race = Race(plan(name))
    f = race.entries[0].run.finish().variables["f"]
    low_x, high_x, low_y, high_y = race.ground.view
    side = len(race.ground.heights) - 1
    for row, column in ((0, 0), (17, 80), (side, side)):
        x = low_x + (high_x - low_x) * column / side
        y = high_y - (high_y - low_y) * row / side
        assert race.ground.heights[row, column].item() == pytest.approx(
            f(*double(x, y)).item(), rel=1e-5
        )


def bare(landscape, racer, lr, steps):
    """The path of a plain loop over ``TRUTH``'s function, or the line's loss, and its losses."""
    ground = LANDSCAPES[landscape]
    x, y = (torch.tensor(float(v), requires_grad=True) for v in ground.start)
    optimizer = getattr(torch.optim, racer.optimizer)([x, y], lr=lr, **dict(racer.begins_with))
    f, asked, path, losses = function_of(landscape), 0, [], []

    def closure():
        nonlocal asked
        asked += 1
        optimizer.zero_grad()
        loss = f(x, y)
        loss.backward()
        return loss

    for _ in range(steps):
        losses.append(optimizer.step(closure).item())
        path.append((x.item(), y.item()))
    return path, losses, asked


@pytest.mark.parametrize("landscape", LANDSCAPES)
@pytest.mark.parametrize("name", racers())
def test_a_racer_is_bit_for_bit_a_bare_loop(name, landscape):
    found = whole(plan(landscape, (name,), lr=0.002))
    (entry,) = found.entries
    path, losses, asked = bare(landscape, racers()[name], 0.002, STEPS)
    columns = entry.recorder.columns
    assert not entry.failed
    places = list(zip(*(columns[p] for p in found.plan.landscape.params), strict=True))
    # As texts, for one that diverges is NaN on both sides.
    assert repr(places) == repr(path)
    assert repr(list(entry.losses)) == repr(losses)
    assert entry.evaluations[-1] == asked


@pytest.mark.parametrize("name", ["Adam", "LBFGS"])
def test_the_text_alone_prints_what_the_race_printed(name, capsys):
    (entry,) = whole(plan("Rosenbrock", (name,))).entries
    exec(entry.lesson.text, {"__name__": "__main__"})
    assert capsys.readouterr().out == entry.run.output


def test_what_torch_refuses_does_not_start_and_the_others_run():
    found = whole(plan(names=("SGD", "Adam"), SGD={"nesterov": True}))
    assert [entry.racer.name for entry in found.entries] == ["Adam"]
    assert "Nesterov momentum requires" in found.refused["SGD"]


def test_a_failing_step_is_kept_in_torchs_words():
    found = whole(plan(names=("ASGD", "SGD"), lr=0.001, ASGD={"lambd": -1000.0}))
    failed = {one.name: one.failed for one in found.results()}
    assert failed["ASGD"].startswith("ZeroDivisionError: ")
    assert not failed["SGD"]


def test_a_race_that_is_lost_says_when():
    (one,) = whole(plan(lr=0.15, steps=200)).results()
    assert one.lost is not None
    assert not math.isfinite(one.loss)
    assert one.arrived is None


def test_results_count_steps_evaluations_and_distance():
    found = whole(plan(names=("SGD", "LBFGS"), steps=200, lr=0.09, LBFGS={"max_iter": 4}))
    first, second = found.results()
    assert (first.name, second.name) == ("LBFGS", "SGD")
    entry = found.entry("LBFGS")
    assert entry.losses[first.arrived] <= 0.001 < entry.losses[first.arrived - 1]
    assert first.asked == entry.evaluations[first.arrived - 1] > first.arrived
    columns = found.entry("SGD").recorder.columns
    assert second.distance == math.hypot(columns["x"][-1], columns["y"][-1])


def test_one_that_asks_too_often_ends_early_and_says_so():
    endless = {"max_iter": 100, "history_size": 1}
    endless |= {"tolerance_change": -1.0, "tolerance_grad": -1.0}
    found = whole(plan("Rosenbrock", ("LBFGS",), steps=2000, lr=0.0001, LBFGS=endless))
    (entry,) = found.entries
    assert EVALUATIONS < entry.evaluations[-1] <= EVALUATIONS + 100
    assert "asked for the loss more than 5,000 times" in entry.run.ended
    assert found.results()[0].steps == entry.run.epochs


def test_pieces_make_the_same_race():
    wanted = plan(names=("Adam", "LBFGS"), steps=80, LBFGS={"max_iter": 2})
    race = Race(wanted)
    while not race.complete:
        race.compute(0.001)
    pairs = zip(race.entries, whole(wanted).entries, strict=True)
    assert all(a.recorder.columns == b.recorder.columns for a, b in pairs)


def test_a_start_outside_the_picture_widens_it():
    low, high, *_ = Race(plan(start=(40.0, 0.0))).ground.view
    assert low < -7
    assert high > 40


@pytest.mark.parametrize("value", [math.nan, math.inf, 1e9])
def test_a_start_that_is_not_allowed_is_answered_in_words(value):
    with pytest.raises(ValueError, match=r"start_x = .* is not allowed"):
        Race(plan(start=(value, 0.0)))


def test_a_recorder_reads_what_the_optimizer_remembers():
    recorder = StateLog(("x", "y"))
    text = descend(
        LANDSCAPES["ravine"], racers()["Adam"], {}, rate=0.1, steps=5, start=(1.0, 1.0)
    ).text
    run = observe.Run(text, watch=recorder).finish()
    optimizer, x = run.variables["optimizer"], run.variables["x"]
    for key in ("exp_avg", "exp_avg_sq", "step"):
        assert recorder.columns[f"x.{key}"][-1] == optimizer.state[x][key].item()
    assert list(recorder.columns["x.step"]) == [1, 2, 3, 4, 5]
    assert recorder.columns["x.grad"][-1] == x.grad.item()


# The presets keep their promises


@cache
def preset_race(title, seed=0):
    """The race of the preset whose title begins with ``title``, and what its controls say."""
    (one,) = (p for p in presets() if p.title.startswith(title))
    table = {c.key: c.default for c in CONTROLS} | one.settings
    names = table["racers"].split(", ")
    chosen = tuple(racers()[name] for name in names)
    alone = table["rates"] == RACER_KEYS
    made = Plan(
        LANDSCAPES[table["landscape"]],
        (table["from_x"], table["from_y"]),
        table["race_steps"],
        chosen,
        {r.name: table[rate(r).key] if alone else table["shared_lr"] for r in chosen},
        {
            r.name: r.defaults
            | {h.key: table[c.key]
               for h, c in zip(r.hyperparameters, racer_controls(r), strict=True)
               if c.key in one.settings}
            for r in chosen
        },
        seed,
    )  # fmt: skip
    return whole(made), table


def raced(title):
    race, table = preset_race(title)
    return {result.name: result for result in race.results()}, table


@pytest.mark.parametrize("name", racers())
def test_the_short_way_of_recording_writes_down_what_the_long_one_does(name, monkeypatch):
    short = whole(plan(names=(name,))).entries[0]
    monkeypatch.setattr(StateLog, "_append_known", lambda *_: False)
    long = whole(plan(names=(name,))).entries[0]
    assert str(short.recorder.columns) == str(long.recorder.columns)
    assert list(short.table) == ["loss", "x", "y"]
    assert str(short.table["y"]) == str(long.recorder.columns["y"])


def test_every_preset_names_controls_that_exist():
    keys = {control.key for control in CONTROLS}
    for one in presets():
        assert set(one.settings) <= keys
        assert len(one.settings["racers"].split(", ")) <= MAX_RACERS


def test_in_the_ravine_momentum_arrives_and_sgd_does_not():
    found, _ = raced("A ravine: who")
    assert found["Momentum"].arrived < found["Momentum"].steps / 2
    assert found["Nesterov"].arrived
    assert found["SGD"].arrived is None


def test_in_the_ravine_a_step_size_for_each_beats_one_for_both():
    found, _ = raced("A ravine: a step")
    assert found["RMSprop"].arrived
    assert found["Adam"].arrived
    assert found["SGD"].arrived is None


def test_at_the_saddle_sgd_is_stuck_and_adam_leaves():
    found, _ = raced("A saddle")
    assert found["Adam"].arrived
    assert found["RMSprop"].arrived
    assert found["SGD"].loss > 0.9
    assert found["Momentum"].arrived


def test_on_rosenbrock_lbfgs_needs_a_handful_of_steps_and_says_what_they_cost():
    found, _ = raced("Rosenbrock")
    assert found["LBFGS"].arrived <= 6
    assert found["LBFGS"].asked > 5 * found["LBFGS"].arrived
    assert found["Adam"].arrived is None


def test_with_too_long_a_step_sgd_alone_is_lost():
    found, _ = raced("Too long")
    assert [name for name, one in found.items() if one.lost is not None] == ["SGD"]
    assert found["Momentum"].arrived


def test_on_the_training_loops_line_all_arrive():
    found, _ = raced("The training")
    assert all(one.arrived for one in found.values())


def test_the_lines_data_is_that_of_the_training_loop():
    run = observe.run(lesson.load("training_loop").set(epochs=1, noise=0.1).text)
    (entry,) = whole(plan("straight line")).entries
    for name in ("X", "y_true"):
        assert torch.equal(entry.run.variables[name], run.variables[name])
