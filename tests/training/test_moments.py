"""Line, loss and gradient are of one moment: against numpy, in float64, at hostile settings."""

import json

import numpy as np
import pytest

from groundup.engine import lesson
from groundup.engine.observe import Run
from groundup.figures.theme import palette
from groundup.figures.training import sentences
from groundup.figures.training.player import training as scene_of
from groundup.figures.training.run_table import swept
from groundup.figures.training.stability import caveat, verdict
from groundup.training import broken_loop, run_table, stability
from groundup.training import schedule as schedules
from groundup.training.batches import in_batches
from groundup.training.schedule import apply, parse
from groundup.training.session import Training
from tests.pages import floats

LOOP = lesson.load("training_loop").set(epochs=60)
RUNS = {
    "plain": LOOP,
    "diverged": LOOP.set(learning_rate=3.0, epochs=200),
    "two points": LOOP.set(points=2, noise=5.0),
    "one point a step": in_batches(LOOP, "1 point"),
    "8 points, Adam": in_batches(LOOP.set(optimizer="Adam"), "8 points"),
    "changed": LOOP.at_epoch(7, learning_rate=0.01),
    "momentum, unzeroed": LOOP.set(optimizer="momentum").edit("no_zero"),
    "update first": broken_loop.reordered(LOOP, "51234"),
    **{name: LOOP.set(optimizer=name) for name in ("momentum", "RMSprop", "Adam")},
    **{name: LOOP.edit(name) for name in LOOP.edits if name not in {"momentum_one"}},
}


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
def test_the_loss_and_gradient_shown_are_those_of_the_line_shown(name):
    training = Training(RUNS[name])
    if training.setting is None:
        assert training.failure
        return
    training.finish()
    setting, run = training.setting, training.run
    shown = scene_of(
        run.columns, x=setting.x, y=setting.y, start=setting.start, epochs=training.total
    )["runs"][0]
    w, b, loss, gw, gb = (np.array(floats(shown[key])) for key in ("w", "b", "loss", "gw", "gb"))
    x, y = np.array(setting.x), np.array(setting.y)
    w, b = np.append(setting.start[0], w), np.append(setting.start[1], b)
    assert len(w) == len(loss) == len(gw) == run.epochs + 1
    off = np.outer(w, x) + b[:, None] - y
    for seen, true in ((loss, off**2), (gw, 2 * off * x), (gb, 2 * off)):
        mean = np.mean(true, axis=1)
        real = np.isfinite(seen) & (np.abs(mean) < 1e30)
        assert seen[real] == pytest.approx(mean[real], rel=1e-3, abs=1e-5)
        # What is no number is so because float32 cannot hold it.
        assert not (np.abs(mean[~np.isfinite(seen)]) < 1e30).any()


@pytest.mark.parametrize("batch", ["8 points", "1 point"])
def test_in_batches_no_sentence_speaks_of_the_curvatures_limit(batch):
    training = Training(in_batches(LOOP.set(learning_rate=0.6, epochs=200), batch))
    training.finish()
    said = sentences.about_run(training.lesson, training.run, training.setting)
    assert "λmax" not in json.dumps(said, ensure_ascii=False)
    assert training.setting.moments(training.run).loss[0] == pytest.approx(
        np.mean((-np.array(training.setting.x) - training.setting.y) ** 2), rel=1e-4
    )


@pytest.mark.parametrize("rate", [0.1, 0.6, 3.0])
@pytest.mark.parametrize("changes", [False, True])
def test_of_a_run_that_the_ruler_does_not_know_it_gives_no_cause(rate, changes):
    training = Training(in_batches(LOOP.set(learning_rate=rate), "4 points"))
    training.finish()
    setting, columns = training.setting, training.run.columns
    ruler = stability.Ruler.of(setting.surface, 60)
    losses = setting.moments(training.run).loss
    seen = stability.seen(setting.surface, setting.start, columns["w"], columns["b"], losses)
    told = verdict("converges", seen, ruler, rate, "gradient descent", known=False)
    assert "λmax" not in told
    assert "hardly mattered" not in told
    assert "may not hold here" in caveat("gradient descent", changes, True, ruler)


@pytest.mark.parametrize(
    ("lesson", "holds"),
    [
        (LOOP, True),
        (LOOP.set(optimizer="Adam"), False),
        (in_batches(LOOP, "8 points"), False),
    ],
)
def test_a_sweep_has_the_line_of_the_limit_where_that_limit_holds(lesson, holds):
    sweep = run_table.sweep(lesson.set(epochs=2), [0.1, 0.2])
    assert sweep.plain is holds
    limit = 0.9 if sweep.plain else None
    drawn = swept(sweep, limit, 0.1, palette(dark=False))
    assert any("λmax" in mark.text for mark in drawn.layout.annotations) is holds


def test_the_end_names_the_final_line_with_its_own_loss():
    training = Training(LOOP)
    training.finish()
    run, setting = training.run, training.setting
    line = run.columns["w"][-1] * np.array(setting.x) + run.columns["b"][-1]
    loss = np.mean((line - setting.y) ** 2)
    assert f"loss {loss:.4g}." in sentences.about_run(LOOP, run, setting)["end"]


@pytest.mark.parametrize(
    ("schedule", "epochs", "changes"),
    [
        ("", 10, False),
        ("0: 0.1, 5: 2", 5, False),
        ("0: 0.1, 4: 2", 5, True),
        ("0: 0.1, 3: 0.1", 5, False),
    ],
)
def test_a_rate_that_is_never_reached_or_is_the_same_is_no_change(schedule, epochs, changes):
    loop = apply(LOOP.set(epochs=epochs), parse(schedule))
    assert schedules.changes(loop) is changes
    rates = set()
    Run(loop.text, watch=lambda names: rates.add(names["learning_rate"])).finish()
    assert (len(rates) > 1) is changes


@pytest.mark.parametrize(("epochs", "said"), [(100, "last of 100 is epoch 99"), (1, "one is 0")])
def test_the_last_epochs_number_is_that_of_pythons_range(epochs, said):
    assert said in sentences.counting(epochs)
    assert str(range(epochs)[-1]) in sentences.counting(epochs)
