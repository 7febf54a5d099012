"""What each mistake of the training loop means: tried under every optimizer and in batches."""

import re
import warnings

import numpy as np
import pytest
import torch

from groundup.engine import lesson
from groundup.engine.observe import Run
from groundup.figures.training import outcomes
from groundup.training import broken_loop
from groundup.training.batches import in_batches
from groundup.training.session import Training
from groundup.training.surface import LossSurface

LOOP = lesson.load("training_loop")
SMALL = LOOP.set(points=5, epochs=3, noise=0.5)
WAYS = [
    in_batches(SMALL.set(optimizer=optimizer), batch)
    for optimizer in LOOP.parameters["optimizer"].options
    for batch in ("all points", "2 points", "1 point")
]
every_way = pytest.mark.parametrize(
    "way", WAYS, ids=lambda w: f"{w.settings['optimizer']}-{w.settings.get('batch', 'all')}"
)


def passes(run):
    """Before each statement of the loop's five steps: its number and the text's variables."""
    while step := run.step():
        if step.number:
            yield step.number, run.variables


def batch_of(seen):
    """The examples of the step, as float64."""
    batch = seen.get("batch", slice(None))
    return (seen[name][batch].detach().double() for name in ("X", "y_true"))


def gradient(seen):
    """∂loss/∂w and ∂loss/∂b of the step's points, in closed form."""
    x, y = batch_of(seen)
    off = seen["w"].item() * x + seen["b"].item() - y
    return np.array([2 * (off * x).mean().item(), 2 * off.mean().item()])


def grads(seen):
    return np.array([seen["w"].grad.item(), seen["b"].grad.item()])


def line(seen):
    return np.array([seen["w"].item(), seen["b"].item()])


def failed(way, name):
    """The run of ``way`` with a mistake that raises: its last line, variables and message."""
    run = Run(way.edit(name).text).finish()
    assert run.failure
    return run.text.splitlines()[run.failure.line - 1], run.variables, run.failure.message


@every_way
def test_without_zeroing_every_step_reads_the_sum_of_all_gradients(way):
    total, count = np.zeros(2), 0
    for number, seen in passes(Run(way.edit("no_zero").text)):
        if number == 3:
            total, count = total + gradient(seen), count + 1
            assert grads(seen) == pytest.approx(total, rel=1e-3, abs=1e-4)
    assert count >= 3


@every_way
def test_the_gradient_points_uphill_and_plus_adds_what_minus_would_subtract(way):
    for number, seen in passes(Run(way.edit("uphill").text)):
        if number == 3:
            x, y = batch_of(seen)
            here = line(seen)
            up = here + 1e-4 * grads(seen)
            before, after = (float(((w * x + b - y) ** 2).mean()) for w, b in (here, up))
            assert after > before
    moved = []
    for text in (way.edit("uphill").text, way.text):
        lines = [line(seen) for number, seen in passes(Run(text)) if number == 5]
        moved.append(lines[0] - (-1.0, 0.0))
    assert moved[0] == pytest.approx(-moved[1], rel=1e-5)


@every_way
def test_zeroed_too_early_step_four_reads_nothing_and_moves_nothing(way):
    for number, seen in passes(Run(way.edit("zero_early").text)):
        if number == 4:
            assert grads(seen).tolist() == [0, 0]
        assert line(seen).tolist() == [-1, 0]


@every_way
def test_what_raises_does_so_for_the_reason_given(way):
    failing, seen, _ = failed(way, "no_backward")
    assert "w.grad" in failing
    assert seen["w"].grad is None
    for name in ("no_requires_grad", "detach"):
        _, seen, _ = failed(way, name)
        assert seen["loss"].grad_fn is None
    assert not seen["y_hat"].requires_grad
    _, seen, message = failed(way, "no_no_grad")
    assert seen["w"].is_leaf
    assert seen["w"].requires_grad
    assert "leaf" in message
    _, seen, _ = failed(way, "new_w")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert (seen["w"].is_leaf, seen["w"].grad) == (False, None)
    _, seen, _ = failed(way, "new_w_unwatched")
    assert (seen["w"].requires_grad, seen["w"].grad) == (False, None)
    _, seen, message = failed(way, "backward_twice")
    assert seen["w"].grad is not None
    with pytest.raises(RuntimeError, match="freed"):
        _ = seen["loss"].grad_fn.next_functions[0][0]._saved_self
    assert "second time" in message
    assert failed(way, "integers")[2].startswith("Only Tensors of floating point and complex")


@pytest.mark.filterwarnings("ignore:ComplexHalf")
def test_the_facts_about_leaves_and_dtypes_are_torchs():
    leaf = torch.tensor(1.0, requires_grad=True)
    result = leaf.clone()
    result -= 1
    assert (result.is_leaf, result.grad_fn is None) == (False, False)
    with torch.no_grad():
        assert not (leaf * 2).requires_grad
    for dtype in {one for one in vars(torch).values() if isinstance(one, torch.dtype)}:
        if "bits" in str(dtype) or "quint" in str(dtype) or "qint" in str(dtype):
            continue
        try:
            torch.empty(1, dtype=dtype).requires_grad_()
            learns = True
        except RuntimeError:
            learns = False
        assert learns == (dtype.is_floating_point or dtype.is_complex), dtype


@every_way
def test_without_the_mean_there_is_a_loss_for_each_point_and_one_alone_raises_nothing(way):
    run = Run(way.edit("no_mean").text)
    losses = [seen["loss"].numel() for number, seen in passes(run) if number == 2]
    size = {"2 points": 2, "1 point": 1}.get(way.settings.get("batch"), 5)
    assert set(losses) == {size}
    assert (run.failure is None) == (size == 1)


@every_way
def test_flat_targets_compare_every_guess_with_every_target_of_the_step(way):
    for number, seen in passes(Run(way.edit("broadcast").text)):
        if number == 2:
            guess, target = seen["y_hat"], seen["y_true"][seen.get("batch", slice(None))]
            assert (guess.ndim, guess.shape[1], target.ndim) == (2, 1, 1)
            pairs = [(g - t) ** 2 for g in guess.flatten().tolist() for t in target.tolist()]
            assert len(pairs) == len(target) ** 2
            assert seen["loss"].item() == pytest.approx(np.mean(pairs), rel=1e-4)


def test_the_best_answer_to_all_pairs_is_the_mean_of_y_and_costs_its_variance():
    x, y = np.array([1.0, 2.0, 4.0, -3.0]), np.array([2.0, 9.0, -1.0, 5.0])
    pairs = [(a, t) for a in x for t in y]
    w, b = np.polyfit(*zip(*pairs, strict=True), 1)
    assert (w, b) == pytest.approx((0, y.mean()), abs=1e-9)
    level, cost, *_ = np.polyfit(x, y, 0, full=True)
    told = numbers(outcomes.mean_of_targets(y.tolist()))
    assert told == pytest.approx([level[0], cost[0] / len(x)], rel=1e-3)


@pytest.mark.parametrize("batch", ["all points", "8 points"])
def test_too_fast_measures_all_points_and_lands_farther_out_on_the_other_side(batch):
    run = Run(in_batches(LOOP.set(epochs=20, start_w=4.0), batch).edit("too_fast").text).finish()
    surface = LossSurface.of(*(run.variables[n].flatten().tolist() for n in ("X", "y_true")))
    assert run.variables["learning_rate"] == pytest.approx(2.2 / surface.eigenvalues[1], rel=1e-4)
    if batch == "all points":
        across = np.linalg.eigh(np.array(surface.hessian))[1][:, 1]
        places = np.column_stack([run.columns["w"], run.columns["b"]]) - surface.optimum
        sides = places @ across
        assert sides[1:] / sides[:-1] == pytest.approx(-1.2, rel=1e-3)


def numbers(sentence):
    """The numbers in a sentence, in their order."""
    plain = sentence.replace("−", "-").replace("*", "").replace("∞", "inf").replace("NaN", "nan")
    return [float(n) for n in re.findall(r"(?<![\w.])-?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan)", plain)]


OUTCOMES = {
    "one step up": LOOP.set(epochs=1).edit("uphill"),
    "one step, all pairs": LOOP.set(epochs=1).edit("broadcast"),
    "one step, unzeroed": LOOP.set(epochs=1).edit("no_zero"),
    "crawling": LOOP.set(epochs=25, learning_rate=1e-4).edit("broadcast"),
    "dying away": LOOP.set(epochs=100, learning_rate=0.01).edit("broadcast"),
    "settled": LOOP.set(epochs=200).edit("broadcast"),
    "trembling": LOOP.set(epochs=200, optimizer="RMSprop").edit("broadcast"),
    "still": LOOP.edit("zero_early"),
    "no number": LOOP.set(learning_rate=3.0, epochs=300).edit("no_zero"),
    "alone, all pairs": in_batches(LOOP, "1 point").edit("broadcast"),
    "alone, no mean": in_batches(LOOP, "1 point").edit("no_mean"),
    "few, all pairs": in_batches(LOOP, "8 points").edit("broadcast"),
    "another way": LOOP.set(epochs=200, optimizer="Adam").edit("too_fast"),
    "zeroed first": broken_loop.reordered(LOOP.set(epochs=7), "51234"),
}


def path(run, setting):
    """The lines of a run from its start on (n, 2), and their losses in float64."""
    lines = np.array([setting.start, *zip(run.columns["w"], run.columns["b"], strict=True)])
    off = np.outer(lines[:, 0], setting.x) + lines[:, 1:] - np.array(setting.y)
    return lines, (off**2).mean(axis=1)


@pytest.mark.parametrize("broken", OUTCOMES.values(), ids=OUTCOMES)
@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
def test_what_is_said_of_a_mistake_is_true_of_its_numbers(broken):
    training = Training(broken)
    training.finish()
    healthy, setting = next(iter(training.beside.values())), training.setting
    said = outcomes.outcome(training.run, healthy, setting)
    told = numbers(said)
    lines, losses = path(training.run, setting)
    good_lines, good = path(healthy, setting)
    count, last, best = training.run.epochs, lines[-1].tolist(), good_lines[-1].tolist()
    assert ("epochs" in said) <= (count != 1)
    if "made no difference" in said:
        assert lines.tolist() == good_lines.tolist()
        assert told == [count]
        return
    if "nothing was learned" in said:
        assert lines.tolist() == [list(setting.start)] * (count + 1)
        wanted = [count, *last, losses[-1], good[-1]]
    elif "but the loss went from" in said:
        assert not losses[-1] <= losses[0]
        wanted = [losses[0], losses[-1], good[-1]]
    else:
        wanted = [*last, losses[-1], *best, good[-1]]
        room = 0.011 * np.ptp(lines, axis=0)
        half = lines[len(lines) // 2 :]
        if "stayed on" in said:
            assert (abs(half - lines[-1]) <= room).all()
            assert (abs(lines[-1] - good_lines[-1]) > room).any()
        elif "came to" in said:
            assert (abs(half - good_lines[-1]) <= room).all()
        else:
            wanted = [count, *wanted]
    assert told == pytest.approx(wanted, rel=2e-3, abs=1e-5, nan_ok=True)


@pytest.mark.parametrize("epochs", [1, 6])
def test_the_difference_from_momentum_is_the_largest_of_all_epochs(epochs):
    one, other = (
        Run(LOOP.set(epochs=epochs, optimizer=name).text).finish()
        for name in ("gradient descent", "momentum")
    )
    apart = np.abs(np.array(one.columns["loss"]) - other.columns["loss"]).max()
    said = outcomes.same_as_momentum(one, other)
    assert numbers(said) == pytest.approx([1.0, epochs, apart], rel=1e-3)
    twin = broken_loop.twin(LOOP.edit("no_zero")).text
    assert "velocity_w = 1.0 * velocity_w + w.grad" in twin
    assert "\n    w.grad.zero_()\n" in twin
