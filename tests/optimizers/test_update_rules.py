"""The formulas on the page, against what torch really did."""

import math
from functools import cache
from xml.etree import ElementTree

import pytest
import torch

from groundup.engine.observe import Run
from groundup.engine.snapshot import number
from groundup.figures.optimizers.update_rules import rule_scene
from groundup.optimizers.inner_state import StateLog, worked
from groundup.optimizers.mathml import compute, set_in_type
from groundup.optimizers.racers import LANDSCAPES, descend, racers

STEPS = 40
DECAY = {"weight_decay": 0.1}
SETTINGS = [
    ("SGD", {}),
    ("SGD", DECAY),
    ("SGD", {"momentum": 0.8, "dampening": 0.3, **DECAY}),
    ("Nesterov", {"momentum": 0.7}),
    ("Adagrad", {"lr_decay": 0.1, "initial_accumulator_value": 0.3, **DECAY}),
    ("RMSprop", {"alpha": 0.9}),
    ("RMSprop", {"centered": True, "momentum": 0.5, "alpha": 0.9, **DECAY}),
    ("Adadelta", {"rho": 0.8, "eps": 1e-3, **DECAY}),
    ("Adam", {"betas_0": 0.7, "betas_1": 0.95}),
    ("Adam", {"amsgrad": True, "betas_1": 0.9, **DECAY}),
    ("Adam", {"decoupled_weight_decay": True, **DECAY}),
    ("AdamW", {"betas_0": 0.8, "amsgrad": True}),
    ("NAdam", {"momentum_decay": 0.02, **DECAY}),
    ("NAdam", {"decoupled_weight_decay": True, "betas_1": 0.9, **DECAY}),
    ("RAdam", {}),
    ("RAdam", {"betas_1": 0.7, "decoupled_weight_decay": True, **DECAY}),
    ("Adamax", {"betas_1": 0.9, "eps": 1e-3, **DECAY}),
    ("ASGD", {"lambd": 0.01, "t0": 20.0, "alpha": 0.5, **DECAY}),
    ("Rprop", {"etas_0": 0.4, "etas_1": 1.3, "step_sizes_1": 0.5}),
    ("Adafactor", {"d": 1.5, "eps_1": 0.01, "beta2_decay": -0.6, **DECAY}),
    ("Adafactor", {"eps_0": 1e-3}),
    ("LBFGS", {"max_iter": 1}),
    ("LBFGS", {"max_iter": 1, "history_size": 2, "line_search_fn": "strong_wolfe"}),
    ("LBFGS", {"max_iter": 5, "line_search_fn": "strong_wolfe"}),
]


def shown(name, changed):
    """The rule with both parameters' numbers, of a real run from (1, 1.5) on Beale's plain."""
    return run_once(name, tuple(changed.items()))


@cache
def run_once(name, changed):
    racer, ground = racers()[name], LANDSCAPES["Beale"]
    settings = racer.defaults | dict(changed)
    lr = 1.0 if name == "Adadelta" else 0.003
    recorder = StateLog(ground.params)
    lesson = descend(ground, racer, settings, rate=lr, steps=STEPS, start=(1.0, 1.5))
    run = Run(lesson.text, watch=recorder).finish()
    assert run.failure is None
    both = [
        worked(racer.optimizer, settings, recorder, rate=lr, place=n, start=start)
        for n, start in enumerate((1.0, 1.5))
    ]
    return both, rule_scene(both, racer.hyperparameters)


def ids(value):
    return value if isinstance(value, str) else ",".join(value) or "defaults"


def test_every_racer_is_tried():
    assert {name for name, _ in SETTINGS} | {"Momentum"} == set(racers())


@pytest.mark.parametrize(("name", "changed"), SETTINGS, ids=ids)
def test_every_line_gives_what_torch_recorded(name, changed):
    for work in shown(name, changed)[0]:
        for line, computed in zip(work.lines, work.computed, strict=True):
            recorded = work.names[line.name]
            # Sums that nearly cancel keep the absolute precision of their terms.
            size = recorded.abs().max().item()
            torch.testing.assert_close(
                computed, recorded, rtol=2e-5, atol=1e-6 * size, msg=line.name
            )


@pytest.mark.parametrize(("name", "changed"), SETTINGS, ids=ids)
def test_the_last_line_alone_moves_the_parameter_as_torch_did(name, changed):
    """From the parameter before, with no recorded parameter after it, step by step."""
    for work in shown(name, changed)[0]:
        place = [line.name for line in work.lines].index("p")
        moved, real = work.computed[place] - work.names["p0"], work.names["p"] - work.names["p0"]
        # float32 rounds the parameter itself, so a move has its precision.
        torch.testing.assert_close(moved, real, rtol=1e-4, atol=3e-7)
        assert real.abs().max() > 1e-3


STACKED = {"mfrac": "(({})/({}))", "msup": "(({})**({}))", "msqrt": "math.sqrt({})"}


def spelled(node, numbers):
    """The MathML ``node`` as a Python expression, slots filled from ``numbers``."""
    inside = [spelled(child, numbers) for child in node]
    if node.tag in STACKED:
        return STACKED[node.tag].format(*inside)
    if "data-n" in node.attrib:
        return numbers(node.attrib["data-n"], "data-b" in node.attrib)
    return "".join(inside) or {"·": "*", "−": "-"}.get(node.text, node.text)


def evaluated(markup, numbers):
    tree = ElementTree.fromstring(markup.replace(" data-b", ' data-b=""'))
    text = spelled(tree, numbers).replace("−", "-")
    while "|" in text:
        text = text.replace("|", "abs(", 1).replace("|", ")", 1)
    sign = {"sign": lambda v: (v > 0) - (v < 0)}
    return eval(text, {"math": math, "abs": abs, "min": min, "max": max, **sign})


@pytest.mark.parametrize(("name", "changed"), SETTINGS, ids=ids)
@pytest.mark.parametrize("digits", [17, 4])
def test_the_markup_with_its_numbers_in_comes_out_as_it_says(name, changed, digits):
    """What is drawn, read back as arithmetic; with the four digits that are shown, about."""
    both, scene = shown(name, changed)
    for work in both:
        for step in (0, 1, STEPS - 1):

            def numbers(slot, bracketed, work=work, step=step):
                text = number(work.names[slot][step].item(), digits)
                return f"({text})" if bracketed and text[0] == "−" else text

            for n, (line, drawn) in enumerate(zip(work.lines, scene["lines"], strict=True)):
                if not line.cases:
                    continue
                markup = drawn["cases"][work.cases[n][step]]["slots"]
                result = work.names[line.name][step].item()
                near = 1e-6 if digits == 17 else 5e-3
                terms = max(1e-2, *(abs(work.names[k][step].item()) for k in ("p0", "grad")))
                assert evaluated(markup, numbers) == pytest.approx(
                    result, rel=near, abs=near * terms
                )


@pytest.mark.parametrize(("name", "changed"), SETTINGS, ids=ids)
def test_every_state_that_torch_keeps_is_on_the_page(name, changed):
    racer, ground = racers()[name], LANDSCAPES["Beale"]
    settings = racer.defaults | changed
    run = Run(
        descend(ground, racer, settings, rate=0.003, steps=3, start=ground.start).text
    ).finish()
    state = run.variables["optimizer"].state.get(run.variables["x"], {})
    kept = {key for key, value in state.items() if value is not None} - {"step"}
    if name == "LBFGS":
        # The matrix H is made of these, and the others count or repeat.
        kept -= {"old_dirs", "old_stps", "ro", "H_diag", "al"}
        kept -= {"func_evals", "n_iter", "prev_loss"}
    assert kept == {line.state for line in shown(name, changed)[0][0].lines} - {""}


def test_lbfgs_follows_newton_once_it_knows_the_ravine():
    """On a quadratic the remembered pairs give the inverse Hessian: 1/0.2 and 1/20."""
    settings = {"line_search_fn": "strong_wolfe", "max_iter": 1}
    recorder, ground = StateLog(("x", "y")), LANDSCAPES["ravine"]
    racer = racers()["LBFGS"]
    lesson = descend(ground, racer, racer.defaults | settings, rate=1.0, steps=8, start=(-7.0, 1.5))
    Run(lesson.text, watch=recorder).finish()
    found = [recorder.columns[name][-1] for name in ("H_first", "H_second", "H_cross")]
    assert found == pytest.approx([5, 0.05, 0], rel=0.1, abs=0.02)


def test_expressions_are_computed_and_set_with_the_brackets_they_need():
    names = {k: torch.tensor([v], dtype=torch.float64) for k, v in {"a": 2.0, "b": -3.0}.items()}
    for text, value in [
        ("a - (b - a)", 7),
        ("a - b - a", 3),
        ("-(a + b)", 1),
        ("(a + b) * a", -2),
        ("a / (b / a)", -4 / 3),
        ("(a + 1)**2", 9),
        ("b**2", 9),
        ("max(a, abs(b))", 3),
        ("a * (1 - b) - min(a, b)", 11),
        ("sqrt(a + 7) - sign(b)", 4),
    ]:
        assert compute(text, names).item() == pytest.approx(value)
        markup = set_in_type(text, lambda n, b: f'<mn data-n="{n}"{" data-b" * b}>0</mn>')

        def numbers(slot, bracketed):
            value = f"{names[slot].item():g}"
            return f"({value})" if bracketed and value[0] == "-" else value

        assert evaluated(markup, numbers) == pytest.approx(value), text
    with pytest.raises(ValueError, match="is no formula"):
        compute("a if a else b", names)
