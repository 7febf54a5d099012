"""What the race says in words, tried where it would be false."""

import inspect
import re
from itertools import pairwise

import pytest
import torch
from torch.autograd.functional import hessian

from groundup.optimizers import catalogue
from groundup.optimizers.race import whole
from groundup.optimizers.racers import LANDSCAPES, descend, racers
from tests.optimizers.test_race import TRUTH, function_of, plan, preset_race


def curvature(landscape, *place):
    f = function_of(landscape)
    place = tuple(torch.tensor(float(v), dtype=torch.float64) for v in place)
    return torch.tensor(hessian(f, place), dtype=torch.float64)


def columns(race, name):
    return race.entry(name).recorder.columns


def moves(name, gradients, lr=1.0, **given):
    """How far torch's optimizer moves a number from 5 at each of ``gradients``."""
    p = torch.tensor(5.0, dtype=torch.float64, requires_grad=True)
    optimizer = getattr(torch.optim, racers()[name].optimizer)(
        [p], lr=lr, **dict(racers()[name].begins_with) | given
    )
    places = [5.0]
    for gradient in gradients:
        p.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
        places.append(p.item())
    return [after - before for before, after in pairwise(places)]


# The landscapes


@pytest.mark.parametrize("name", TRUTH)
def test_a_landscape_is_lowest_where_its_text_says(name):
    ground = LANDSCAPES[name]
    text = descend(ground, racers()["SGD"], {}, rate=0.1, steps=1, start=ground.start).text
    (said,) = re.findall(r"lowest at (.*)\n", text)
    places = [tuple(map(float, pair)) for pair in re.findall(r"\((\S+), (\S+)\)", said)]
    assert places == [tuple(map(float, place)) for place in ground.minima]
    for place in places:
        assert torch.linalg.eigvalsh(curvature(name, *place)).min() > 0
        assert TRUTH[name][1](*place) == pytest.approx((0, 0))
    assert len({TRUTH[name][0](*place) for place in places}) == 1


def test_the_ravine_is_a_hundred_times_as_steep_across_as_along():
    _, gradient = TRUTH["ravine"]
    for far in (0.01, 1.0, 30.0):
        assert gradient(far, far)[1] == pytest.approx(100 * gradient(far, far)[0])


def test_a_saddle_stands_between_two_hollows():
    falling, rising = torch.linalg.eigvalsh(curvature("saddle", 0, 0))
    assert falling < 0 < rising
    assert TRUTH["saddle"][1](0, 0) == (0, 0)
    assert TRUTH["saddle"][0](0, 0) > TRUTH["saddle"][0](0, 1) == TRUTH["saddle"][0](0, -1)


def test_rosenbrocks_valley_is_entered_at_once_and_followed_slowly():
    race = whole(plan("Rosenbrock", steps=200, lr=LANDSCAPES["Rosenbrock"].rate))
    x, y = (columns(race, "SGD")[name] for name in "xy")
    assert abs(y[19] - x[19] ** 2) < 0.05 * abs(2 - 1.5**2)
    assert abs(x[-1] - x[19]) < 0.1 * abs(1 - x[19])


def test_beales_plain_is_a_hundred_times_as_steep_in_its_corners():
    low, high, *_ = LANDSCAPES["Beale"].view
    side = torch.linspace(low, high, 97, dtype=torch.float64)
    steep = torch.hypot(*TRUTH["Beale"][1](*torch.meshgrid(side, side, indexing="ij")))
    assert steep[:: len(side) - 1, :: len(side) - 1].min() > 100 * steep.median()


@pytest.mark.parametrize("seed", [0, 7, 311])
def test_the_training_loops_line_is_a_bowl_nearly_round_where_all_arrive(seed):
    race, _ = preset_race("The training", seed)
    given = race.entries[0].run.variables
    x, y = given["X"].double(), given["y_true"].double()
    assert given["f"](*map(torch.tensor, (0.3, -0.2))).item() == pytest.approx(
        torch.nn.functional.mse_loss(0.3 * x - 0.2, y).item(), rel=1e-5
    )
    slope, bias = torch.linalg.lstsq(torch.cat([x, torch.ones_like(x)], 1), y).solution
    assert (slope.item(), bias.item()) == pytest.approx((2, 1), abs=0.1)
    off, mean = x.square().mean().item(), x.mean().item()
    flat, steep = torch.linalg.eigvalsh(torch.tensor([[off, mean], [mean, 1.0]]))
    assert steep < 3 * flat
    assert all(result.arrived for result in race.results())
    for name in ("RMSprop", "Adam"):
        w, b = (columns(race, name)[p][0] for p in "wb")
        assert abs(w + 1) == pytest.approx(abs(b), rel=1e-4)
    sgd = columns(race, "SGD")
    for n in range(5):
        moved = [sgd[p][n + 1] - sgd[p][n] for p in "wb"]
        downhill = [-0.1 * sgd[f"{p}.grad"][n + 1] for p in "wb"]
        assert moved == pytest.approx(downhill, rel=1e-3, abs=1e-6)


# What an optimizer does with its gradients


@pytest.mark.parametrize("name", ["Adagrad", "RMSprop", "Adam", "Rprop"])
@pytest.mark.parametrize("steepness", [0.01, 100.0])
def test_the_size_of_a_gradient_does_not_change_these_steps(name, steepness):
    """A hundredth or a hundredfold of every gradient; SGD and momentum follow it."""
    gradients = [3.0, -1.0, 2.0, 2.0, 5.0]
    scaled = [steepness * gradient for gradient in gradients]
    assert moves(name, scaled) == pytest.approx(moves(name, gradients), rel=1e-5)
    for follower in ("SGD", "Momentum"):
        longer = [steepness * move for move in moves(follower, gradients)]
        assert moves(follower, scaled) == pytest.approx(longer)


def test_rprop_looks_at_the_sign_alone():
    assert moves("Rprop", [3.0, 0.1, 7.0, -2.0]) == moves("Rprop", [0.2, 9.0, 1.0, -5.0])
    assert moves("RMSprop", [3.0, 0.1]) != pytest.approx(moves("RMSprop", [0.1, 3.0]), rel=0.1)


def test_momentum_adds_up_what_stays_and_damps_what_turns():
    stays, turns = (moves("Momentum", [1.0, sign] * 100) for sign in (1.0, -1.0))
    assert stays[-1] == pytest.approx(-1 / (1 - 0.9), rel=1e-6)
    assert abs(turns[-1]) == pytest.approx(1 / (1 + 0.9), rel=1e-6)


def test_adagrads_steps_shrink_and_shrink():
    wanted = [-1 / n**0.5 for n in range(1, 50)]
    assert moves("Adagrad", [2.0] * 49) == pytest.approx(wanted)


@pytest.mark.parametrize(("name", "limit"), [("SGD", 0.1), ("Momentum", 0.19)])
def test_the_steepest_direction_of_the_ravine_sets_the_limit(name, limit):
    for rate, settles in ((0.98 * limit, True), (1.02 * limit, False)):
        race = whole(plan(names=(name,), steps=300, lr=rate))
        assert (abs(columns(race, name)["y"][-1]) < 1.5) is settles


def path(name, sign=1.0, **given):
    """Where torch's optimizer takes a number from 1.5 whose gradient is ``sign`` times 20 p."""
    p = torch.tensor(1.5, dtype=torch.float64, requires_grad=True)
    # Only what is no leaf can be changed in place where the change itself has a gradient.
    p = p.clone() if given.get("differentiable") else p
    optimizer = getattr(torch.optim, name)([p], lr=0.01, **given)
    for _ in range(4):
        p.grad = sign * 20 * p.detach()
        optimizer.step()
    return p.item()


@pytest.mark.parametrize("name", [name for name in catalogue.names() if name != "LBFGS"])
def test_technical_arguments_change_no_number_or_turn_uphill(name):
    """``capturable`` is for CUDA graphs: on the CPU torch may refuse it."""
    accepted = set(inspect.signature(getattr(torch.optim, name)).parameters)
    for key in accepted & set(catalogue.TECHNICAL) - {"capturable"}:
        wanted = path(name, sign=-1.0) if key == "maximize" else path(name)
        assert path(name, **{key: True}) == pytest.approx(wanted, rel=1e-6), key
    assert path(name, sign=-1.0) != path(name)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_finite_number_is_refused_where_torch_would_take_it(value):
    assert torch.optim.SGD([torch.zeros(())], lr=0.1, dampening=value)
    assert catalogue.refusal("SGD", {"dampening": value}).endswith("must be a finite number.")
    assert catalogue.refusal("SGD", {"dampening": 1.5}) == ""


# The presets, step by step


def test_in_the_ravine_sgd_bounces_and_crawls():
    race, table = preset_race("A ravine: who")
    x, y = (columns(race, "SGD")[name] for name in "xy")
    assert all(before * after < 0 for before, after in pairwise(y[:100]))
    assert all(0.98 < after / before < 1 for before, after in pairwise(x))
    assert table["momentum_lr"] < table["sgd_lr"] < 0.1
    assert race.results()[-1].name == "SGD"


def test_at_the_saddle_two_walk_away_at_their_first_step():
    race, _ = preset_race("A saddle")
    first = {name: abs(columns(race, name)["y"][0]) for name in ("SGD", "Momentum")}
    assert all(y < 2e-6 for y in first.values())
    assert all(abs(columns(race, name)["y"][0]) > 0.009 for name in ("RMSprop", "Adam"))
    sgd, momentum = (columns(race, name)["y"] for name in ("SGD", "Momentum"))
    assert max(abs(after - before) for before, after in pairwise(sgd)) < 0.001
    assert abs(momentum[30]) < 0.01
    assert abs(momentum[-1]) > 0.9


def test_on_rosenbrock_each_of_lbfgs_steps_asks_many_times_until_it_is_there():
    race, _ = preset_race("Rosenbrock")
    (lbfgs,) = (result for result in race.results() if result.name == "LBFGS")
    asked = [0, *race.entry("LBFGS").evaluations[: lbfgs.arrived]]
    assert all(after - before > 10 for before, after in pairwise(asked))


@pytest.mark.parametrize(("most", "asked"), [(1, 1), (4, 4), (20, 20)])
def test_lbfgs_may_ask_several_times_in_a_step_and_the_others_ask_once(most, asked):
    race = whole(plan("Rosenbrock", ("LBFGS", "Adam"), steps=1, LBFGS={"max_iter": most}))
    assert list(race.entry("LBFGS").evaluations) == [asked]
    assert list(race.entry("Adam").evaluations) == [1]


def test_with_too_long_a_step_each_one_doubles_sgds_y_and_turns_its_sign():
    race, table = preset_race("Too long")
    y = columns(race, "SGD")["y"]
    assert table["shared_lr"] == 0.15
    assert [after / before for before, after in pairwise([1.5, *y[:20]])] == pytest.approx(
        [-2.0] * 20, rel=1e-4
    )


def test_the_distance_is_that_to_the_nearest_lowest_place():
    for y in (0.5, -0.5):
        (result,) = whole(plan("saddle", lr=0.03, steps=60, start=(0.5, y))).results()
        assert result.distance < 0.05
        assert result.arrived
