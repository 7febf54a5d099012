"""Goals: what reaches them, what does not, and what a forged setting leads to."""

import itertools
import json
from pathlib import Path

import pytest
import torch

from groundup.course.tasks import check_goal, new_goal, reaching, task, tasks
from groundup.engine import lesson
from groundup.engine.observe import run
from groundup.training.by_hand import at

GOALS = [one for one in tasks() if one.kind == "goal"]


@pytest.mark.parametrize("one", GOALS, ids=lambda one: one.id)
def test_what_reaches_a_goal_is_right_and_each_foreseen_mistake_has_its_sentence(one):
    begin = new_goal(one, 1)
    assert check_goal(one, begin).state == "not yet"
    assert check_goal(one, reaching(one, 1)).state == "right"
    for mistake in one.foreseen:
        verdict = check_goal(one, {**begin, **mistake.settings})
        assert (verdict.state, verdict.sentence) == ("not yet", mistake.said), mistake.settings


def standing(settings, place):
    """The variables of the hidden line's text at a place."""
    hidden = lesson.load("by_hand").set(line="hidden", seed=settings["seed"])
    return run(at(hidden, (place["hand_w"], place["hand_b"])).text).variables


def by_half_slopes(settings, moves=16):
    """What the hints say: against each slope, by half of its size, a slider at a time."""
    place, moved = {"hand_w": 0.0, "hand_b": 0.0}, 1
    while moved <= moves:
        verdict = check_goal(task("by-hand-8"), {**settings, **place, "moves": moved})
        if verdict.state == "right":
            return True
        name = "wb"[(moved - 1) % 2]
        slope = standing(settings, place)[name].grad.item()
        place[f"hand_{name}"] = round(place[f"hand_{name}"] - slope / 2, 2)
        moved += 1
    return False


def test_a_new_line_is_found_by_its_slopes():
    lines = [new_goal(task("by-hand-8"), attempt) for attempt in range(12)]
    assert len({line["seed"] for line in lines}) == 12
    assert all(map(by_half_slopes, lines))


def test_sixteen_moves_are_sixteen_and_a_known_line_is_none():
    one = task("by-hand-8")
    names = standing(new_goal(one, 2), {"hand_w": 0.0, "hand_b": 0.0})
    there = reaching(one, 2)
    assert (there["hand_w"], there["hand_b"]) == (
        round(names["true_w"], 2),
        round(names["true_b"], 2),
    )
    assert check_goal(one, {**there, "moves": 16}).state == "right"
    assert "16 moves are over" in check_goal(one, {**there, "moves": 17}).sentence
    known = check_goal(one, {**there, "data_line": "known"})
    assert known.sentence == "The line must be hidden. Begin again with a new one."


def test_the_edge_is_where_the_curvature_says():
    one = task("edge")
    begin = new_goal(one, 0)
    data = {"seed": begin["seed"], "points": begin["points"]}
    X = run(lesson.load("training_loop").set(epochs=1, **data).text).variables["X"].double()
    inputs = torch.cat([X, torch.ones_like(X)], 1)
    limit = 2 / torch.linalg.eigvalsh(2 / len(X) * inputs.T @ inputs)[-1].item()
    assert check_goal(one, {**begin, "lr": 0.95 * limit}).state == "right"
    assert check_goal(one, {**begin, "lr": 1.05 * limit}).sentence == one.foreseen[1].said
    assert check_goal(one, {**begin, "lr": 0.85}).state == "not yet"
    assert "still on its way" in check_goal(one, {**begin, "lr": 0.0001}).sentence


def test_a_rate_is_right_where_the_closed_form_says():
    """After five steps 1 - 2 * rate to the fifth is left of the way; the farthest start is −4."""
    for rate in (0.2, 0.26, 0.28, 0.5, 0.72, 0.74, 0.9):
        low = (4 * (1 - 2 * rate) ** 5) ** 2 < 0.01
        assert (check_goal(task("right-rate"), {"rate": rate}).state == "right") is low, rate
    started_low = {"rate": 0.1, "at": 0.0}
    assert check_goal(task("right-rate"), started_low).state == "not yet"


def test_noise_or_a_small_test_set_do_not_help_the_network():
    one = task("95-with-30")
    easier = {**one.reached, "units": 2, "spread": 0.0, "held_out": 0.1, "samples": 1000}
    assert check_goal(one, easier).sentence == one.foreseen[1].said


FORGED = ("nan", "inf", "", "x" * 500, None, [], -1, 10**30)


@pytest.mark.parametrize(
    ("name", "key"),
    [("right-rate", "rate"), ("by-hand-8", "hand_w"), ("edge", "lr"), ("95-with-30", "units")],
)
def test_a_forged_setting_is_refused_in_a_sentence(name, key):
    for value in FORGED:
        verdict = check_goal(task(name), {**new_goal(task(name), 0), key: value})
        assert verdict.state == "not yet", value
        assert verdict.sentence.endswith("."), value


PROGRAMS = {
    "": "nothing here yet",
    "z = ": "Line 1",
    "z = a * c": "nothing else but `b`",
    "z = b * 2": "must read `a`",
    "import os\nz = a": "no file",
    "z = a * b\nwhile True:\n    pass": "",
    "z = a.detach() * b": "",
    "z = a * b\na = 7": "",
    "z = torch.zeros(10**6, 10**6) * a": "",
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_that_is_none_of_the_goals_is_told_why(program):
    verdict = check_goal(task("grad-2b"), {"program": program})
    assert verdict.state == "not yet"
    assert verdict.sentence
    assert PROGRAMS[program] in verdict.sentence


def test_orders_of_the_five_steps_are_right_where_plain_python_learns_the_same_line():
    """Of all 120 orders, against SGD's own line, without the app's language or its bounds."""
    one = task("order")
    blocks = one.whole_solution.split("\n\n")
    right = set()
    for order in itertools.permutations(range(5)):
        names = {}
        try:
            exec(f"{one.given}\n" + "\n".join(blocks[n] for n in order), names)
        except (NameError, TypeError, RuntimeError):
            continue
        X, y = names["X"], names["y"]
        layer = torch.nn.Linear(1, 1)
        torch.nn.init.zeros_(layer.weight)
        torch.nn.init.zeros_(layer.bias)
        sgd = torch.optim.SGD(layer.parameters(), lr=0.1)
        for _ in range(12):
            sgd.zero_grad()
            torch.nn.functional.mse_loss(layer(X), y).backward()
            sgd.step()
        if torch.allclose(names["w"], layer.weight) and torch.allclose(names["b"], layer.bias):
            right.add("\n\n".join(blocks[n] for n in order))
    assert right == {one.whole_solution, *one.others}


CONTROLS = json.loads((Path(__file__).parent.parent / "ui" / "public_controls.json").read_text())


def test_the_settings_of_goals_are_what_the_public_controls_take():
    asked = [new_goal(one, n) for one in GOALS for n in range(5)]
    asked += [reaching(one, n) for one in GOALS for n in range(3)]
    asked += [mistake.settings for one in GOALS for mistake in one.foreseen]
    for key, value in (item for settings in asked for item in settings.items()):
        control = CONTROLS[key]
        assert value in control.get("options", [value]), key
        low, high = control.get("bounds", [value, value])
        assert low <= value <= high, key
