"""Networks written, trained for real, and recorded; against torch and closed forms."""

import base64
import copy
import math
import threading
from array import array
from functools import cache

import pytest
import torch
from torch import nn

from groundup.engine import observe
from groundup.engine.export import to_csv
from groundup.engine.lesson import load
from groundup.engine.snapshot import number
from groundup.figures.modules.network import CHUNK, chunks
from groundup.modules.network import (
    ACTIVATIONS,
    CROSS_ENTROPY,
    LOSSES,
    MSE,
    OPTIMIZERS,
    Design,
    bias_fills,
    data_sets,
    initialisations,
    is_regression,
    network_lesson,
    presets,
    write,
)
from groundup.modules.network_pictures import MAX_FRAMES, SIDE, Viewport, frame_epochs
from groundup.modules.network_training import NetworkTraining
from groundup.ui.modules.network_builder import _before, _summed_up

PRESETS = {one.title: one.settings for one in presets()}
SHORT = {"epochs": 2, "points": 40}


@pytest.fixture(autouse=True)
def one_thread():
    """The app computes its small lessons in one thread, which is also the fastest."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def recorded(settings):
    lesson = network_lesson(settings)
    recording = NetworkTraining(lesson)
    recording.train(lesson)
    while not recording.complete:
        recording.compute()
    return recording


def test_the_default_design_is_the_lessons_own_text():
    assert write(Design()).text == load("network").text


@pytest.mark.parametrize("data", data_sets())
@pytest.mark.parametrize("loss", LOSSES)
def test_every_data_set_trains_under_every_loss_that_suits_it(data, loss):
    if loss == CROSS_ENTROPY and is_regression(data):
        with pytest.raises(ValueError, match="use MSE"):
            write(Design(data=data, loss=loss))
        return
    lesson = write(Design(data=data, loss=loss)).set(**SHORT)
    run = observe.run(lesson.text)
    assert run.failure is None
    assert not run.notices
    assert run.variables["y_hat"].shape[0] == 40
    two_classes_are_told_of_where_there_are_two_scores(lesson, run)


def two_classes_are_told_of_where_there_are_two_scores(lesson, run):
    y, y_hat, test = (run.variables[name] for name in ("y", "y_hat", "test"))
    assert ("Two classes" in _before(lesson)) == (y_hat.shape[1] == 2)
    if y_hat.shape[1] == 2:
        assert y.unique().tolist() == [0, 1]
        answers = (y_hat[:, 1] > y_hat[:, 0]).long()
        right = (answers == y)[test].float().mean().item()
        assert run.columns["test_score"][-1] == pytest.approx(right)


@pytest.mark.parametrize(
    "design",
    [
        *(Design(activation=name) for name in ACTIVATIONS),
        *(Design(optimizer=name) for name in OPTIMIZERS),
        *(Design(initialisation=name) for name in initialisations()),
        *(Design(biases=name) for name in bias_fills()),
        Design(initialisation="zeros", biases="zeros"),
        Design(depth=0),
        Design(depth=6, width=64, dropout=0.5),
        Design(depth=1, width=1, data="sine", loss=MSE),
    ],
    ids=str,
)
def test_every_part_of_a_design_gives_a_text_that_runs_as_a_plain_script(design):
    lesson = write(design).set(**SHORT)
    script: dict = {"print": lambda *_: None}
    exec(compile(lesson.text, "script", "exec"), script)
    run = observe.run(lesson.text)
    assert run.columns["test_loss"][-1] == script["test_loss"]
    linear = [m for m in script["model"] if isinstance(m, torch.nn.Linear)]
    assert len(linear) == design.depth + 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"depth": 7}, "depth must be 0 to 6"),
        ({"width": 0}, "width 1 to 64"),
        ({"data": "x"}, "data must be"),
        ({"dropout": 1.0}, "dropout must be"),
        ({"activation": "__import__('os')"}, "activation must be"),
    ],
)
def test_an_impossible_design_is_refused_with_what_to_change(wrong, said):
    with pytest.raises(ValueError, match=said):
        write(Design(**wrong))


@pytest.mark.parametrize(
    ("preset", "needed"),
    [
        ("Spiral", 0.90),
        ("Circle", 0.95),
        ("Exclusive or", 0.95),
        ("Two clouds", 0.95),
        ("Two moons", 0.95),
        ("Sine", 0.95),
        ("Plane", 0.95),
    ],
)
def test_a_preset_learns_what_it_is_there_to_learn(preset, needed):
    assert ran(preset).columns["test_score"][-1] >= needed


@cache
def ran(preset, **more):
    """The run of a preset, with ``more`` settings than its own; not to be changed."""
    return observe.run(network_lesson({**PRESETS[preset], **more}).text)


@pytest.mark.parametrize("preset", ["Exclusive or", "Two moons", "Circle", "Spiral"])
def test_no_straight_line_parts_these_classes(preset):
    straight = ran(preset, depth=0).columns["test_score"][-1]
    assert straight < ran(preset).columns["test_score"][-1] - 0.05


def bends(layers, inputs=2):
    """For each unit after ``layers``, how far its slopes at many places are from one direction."""
    asked = torch.rand(200, inputs, dtype=torch.float64) * 2 - 1
    asked.requires_grad_()
    answer = copy.deepcopy(nn.Sequential(*layers)).double()(asked)
    each = [torch.autograd.grad(u.sum(), asked, retain_graph=True)[0] for u in answer.unbind(1)]
    return [singular[1] / singular[0] for singular in map(torch.linalg.svdvals, each)]


def test_the_first_layers_maps_are_straight_cuts_and_the_seconds_are_bent():
    model = ran("Spiral").variables["model"]
    assert max(bends(model[:2])) < 1e-9
    assert min(bends(model[:4])) > 0.01


@pytest.mark.parametrize("seed", [0, 1])
def test_one_hidden_layer_closes_a_curve_around_the_disc(seed):
    """On each ray from the middle the answer changes once, from the disc's to the ring's."""
    model = ran("Circle", seed=seed).variables["model"]
    turn = torch.linspace(0, 2 * math.pi, 73)
    along = torch.linspace(0.1, 1.0, 40)
    rays = torch.stack([turn.cos(), turn.sin()], dim=1)[:, None] * along[:, None]
    with torch.no_grad():
        ring = model(rays.flatten(0, 1)).argmax(dim=1).view(73, 40)
    assert not ring[:, 0].any()
    assert ring[:, -1].all()
    assert (ring.diff(dim=1) != 0).sum(dim=1).tolist() == [1] * 73


@pytest.mark.parametrize(("activation", "straight"), [("ReLU", True), ("tanh", False)])
def test_a_relu_network_is_made_of_straight_pieces_and_a_tanh_network_is_not(activation, straight):
    settings = {**PRESETS["Sine"], "activation": activation, "epochs": 5}
    model = observe.run(network_lesson(settings).text).variables["model"].double()
    with torch.no_grad():
        heights = model(torch.linspace(-1, 1, 2001, dtype=torch.float64)[:, None])[:, 0]
    flat = (heights.diff().diff().abs() < 1e-12).double().mean().item()
    assert (flat > 0.9) is straight
    assert (flat < 0.1) is not straight


def test_the_plane_without_a_hidden_layer_is_linear_regression():
    run = ran("Plane").variables
    X, y, train = run["X"], run["y"], run["train"]
    with_one = torch.cat([X, torch.ones(len(X), 1)], dim=1)[train]
    best = torch.linalg.lstsq(with_one, y[train]).solution.flatten()
    (layer,) = run["model"]
    found = torch.cat([layer.weight.detach().flatten(), layer.bias.detach()])
    assert found == pytest.approx(best, abs=0.02)


@pytest.mark.parametrize("seed", [0, 2])
def test_far_too_large_steps_kill_units_which_then_say_0_and_get_no_gradient(seed):
    filmed = recorded({**PRESETS["Dead ReLUs"], "seed": seed})
    first, last = (sum(filmed.frames[at].idle) for at in (0, -1))
    assert last > first + 2
    assert filmed.frames[-1].gradients[0] == 0
    model, X = (filmed.run.variables[name] for name in ("model", "X"))
    with torch.no_grad():
        said = torch.cat([model[:2](X), model[:4](X)], dim=1)
    silent = (said == 0).all(dim=0)
    assert bytes(silent.tolist()) == filmed.frames[-1].idle
    gentle = recorded({**PRESETS["Dead ReLUs"], "seed": seed, "learning_rate": 0.1}).frames
    assert sum(gentle[-1].idle) <= sum(gentle[0].idle)


@pytest.mark.parametrize("seed", [0, 1])
def test_vanishing_gradients_shrink_towards_the_first_layer_which_hardly_learns(seed):
    filmed = recorded({**PRESETS["Vanishing gradients"], "seed": seed})
    gradients = filmed.frames[-1].gradients
    assert len(gradients) == 7
    assert gradients[0] < gradients[-1] / 1000
    end, start = (
        model_of(run) for run in (filmed.run, ran("Vanishing gradients", epochs=1, seed=seed))
    )
    moved = [(a - b).norm() / b.norm() for a, b in zip(end, start, strict=True)]
    assert moved[0] < 1e-4
    assert moved[-1] > 0.01
    # What a layer multiplies the gradient by: a quarter at most, times its weights.
    assert all(torch.linalg.matrix_norm(weight, 2) / 4 < 0.5 for weight in end)


def model_of(run):
    """The weights of a run's Linear layers."""
    return [m.weight.detach() for m in run.variables["model"] if isinstance(m, nn.Linear)]


def test_overfitting_ends_far_above_its_best_test_loss_and_two_remedies_help():
    losses = ran("Overfitting").columns
    end = losses["test_loss"][-1]
    assert losses["train_loss"][-1] < 0.01
    assert end > 3 * min(losses["test_loss"])
    # Of weight decay, Adam needs little, and AdamW all there is.
    for remedy, strengths in (("dropout", [0.5]), ("weight_decay", [0.05, 1.0])):
        runs = [ran("Overfitting", **{remedy: strength}) for strength in strengths]
        assert min(run.columns["test_loss"][-1] for run in runs) < end / 2


def test_nothing_is_learned_from_what_is_kept_for_the_test():
    text = network_lesson({"epochs": 3, "points": 60, "noise": 0.1}).text
    other = text.replace("# Model\n", "X = X.index_fill(0, test, 9.0)\n\n# Model\n")
    before, after = observe.run(text), observe.run(other)
    assert before.columns["train_loss"] == after.columns["train_loss"]
    assert before.columns["test_loss"] != after.columns["test_loss"]
    parts = [before.variables[name] for name in ("train", "test")]
    assert torch.cat(parts).sort().values.tolist() == list(range(60))


@pytest.mark.parametrize("activation", ["ReLU", "none"])
def test_where_the_loss_ends_the_steps_were_too_long(activation):
    """Where it starts from large weights, the least rate of the page is still too much."""
    worst = {"data": "sine", "loss": MSE, "depth": 6, "width": 64, "activation": activation,
             "initialisation": "large", "biases": "large", "optimizer": "gradient descent",
             "epochs": 2, "learning_rate": 1e-5}  # fmt: skip
    text = network_lesson(worst).text
    assert math.isnan(observe.run(text).columns["train_loss"][-1])
    for old, new in (("learning_rate = 1e-05", "learning_rate = 1e-30"), ("std=2.0", "std=0.1")):
        assert old in text
        assert math.isfinite(observe.run(text.replace(old, new)).columns["train_loss"][-1])


@pytest.mark.parametrize("optimizer", ["gradient descent", "ASGD", "Adadelta"])
@pytest.mark.parametrize("data", ["circle", "two moons", "spiral"])
def test_on_classes_these_optimizers_learn_more_at_a_larger_rate(data, optimizer):
    larger = 1.0 if optimizer == "Adadelta" else 0.1
    settings = {"data": data, "optimizer": optimizer, "epochs": 20, "points": 100}
    slow, fast = (
        observe.run(network_lesson({**settings, "learning_rate": rate}).text).columns["train_loss"]
        for rate in (0.01, larger)
    )
    assert fast[-1] < slow[-1] - 0.001


@pytest.mark.parametrize(("epochs", "frames"), [(1, 1), (20, 20), (200, None)])
def test_the_lowest_test_loss_and_the_pictures_are_counted(epochs, frames):
    filmed = recorded({"epochs": epochs, "points": 40})
    losses = list(filmed.run.columns["test_loss"])
    said = _summed_up(filmed)
    assert f"{number(min(losses))}, at epoch {losses.index(min(losses))}." in said
    after = len({frame.epoch for frame in filmed.frames} - {0})
    assert frames in (None, after)
    assert f"(Pictures of {after} of the {epochs} epochs;" in said


def test_the_last_line_and_the_table_of_epochs_are_the_runs_numbers():
    filmed = NetworkTraining(network_lesson({"epochs": 60, "points": 40}))
    filmed.compute(0.001)
    for _ in range(2):
        table = to_csv(filmed.run.columns, filmed.run.each_epoch).splitlines()
        assert len(table) == 1 + filmed.run.epochs
        while not filmed.complete:
            filmed.compute()
    loss, score = (filmed.run.columns[name][-1] for name in ("test_loss", "test_score"))
    last = f"After 60 epochs the test loss is {loss:.4g}, the test score {score:.4g}"
    assert filmed.run.output.splitlines()[-1] == last
    losses = [filmed.run.columns[name][50] for name in ("train_loss", "test_loss")]
    assert "Epoch 50 | train loss: {:.4g} | test loss: {:.4g}".format(*losses) in filmed.run.output


def test_the_first_picture_is_what_the_initial_numbers_answer():
    lesson = network_lesson(
        {"epochs": 3, "points": 40, "initialisation": "zeros", "biases": "large"}
    )
    filmed, script = NetworkTraining(lesson), {}
    exec(lesson.text.partition("\nfor epoch")[0], script)
    with torch.no_grad():
        chance = script["model"](filmed.view.grid()).softmax(dim=1)[:, 1]
    assert list(filmed.frames[0].field) == (255 * chance).round().int().tolist()


def test_filming_changes_no_number_of_the_run():
    settings = {"dropout": 0.3, "epochs": 25, "points": 60}
    recording, run = recorded(settings), observe.run(network_lesson(settings).text)
    assert recording.run.columns == run.columns


def test_the_last_picture_is_the_trained_networks_answer():
    recording = recorded({"epochs": 5, "points": 60})
    view, model = recording.view, recording.run.variables["model"]
    with torch.no_grad():
        corner = torch.tensor([[view.low, view.high]])  # the grid's first point: top left
        chance = model(corner).softmax(dim=1)[0, 1].item()
    assert recording.frames[-1].field[0] == round(255 * chance)
    assert len(recording.frames[-1].field) == SIDE * SIDE
    assert len(recording.frames[-1].maps) == 16 * view.map_shape[0] * view.map_shape[1]


def test_a_hidden_units_map_is_its_output_at_points_of_the_grid():
    recording = recorded({"epochs": 5, "points": 60})
    view, model = recording.view, recording.run.variables["model"]
    with torch.no_grad():
        whole = model[:4](view.grid())[:, 3].unflatten(0, view.shape)
    part = whole[:: view.every, :: view.every]
    expected = (128 + 127 * part / part.abs().max()).round().to(torch.uint8)
    size = expected.numel()
    found = recording.frames[-1].maps[(8 + 3) * size : (8 + 4) * size]
    assert list(found) == expected.flatten().tolist()


def test_gradient_norms_are_those_the_script_left():
    recording = recorded({"epochs": 3, "points": 60})
    linear = [m for m in recording.run.variables["model"] if isinstance(m, torch.nn.Linear)]
    expected = [layer.weight.grad.norm().item() for layer in linear]
    assert list(recording.frames[-1].gradients) == expected


def test_a_grid_runs_from_the_top_left_along_the_rows():
    grid = Viewport("classes", -1.0, 1.0, 0.0, 1.0).grid()
    assert grid[[0, SIDE - 1, -1]].tolist() == [[-1, 1], [1, 1], [1, -1]]
    step = 2 / (SIDE - 1)
    assert grid[1].tolist() == pytest.approx([-1 + step, 1])


@pytest.mark.parametrize("epochs", [1, 2, 60, 2000])
def test_filmed_epochs_are_bounded_and_hold_both_ends(epochs):
    found = frame_epochs(epochs)
    assert found[0] == 0
    assert found[-1] == epochs
    assert len(found) <= MAX_FRAMES


def test_a_long_run_comes_in_pieces_that_agree_with_the_whole():
    lesson = network_lesson({"epochs": 60, "points": 40})
    recording = NetworkTraining(lesson)
    recording.reset(lesson)
    pieces = 0
    while not recording.complete:
        recording.compute(0.001)
        pieces += 1
    assert pieces > 3
    assert recording.run.columns == observe.run(lesson.text).columns
    assert [one.epoch for one in recording.frames] == frame_epochs(60)


def test_two_threads_of_one_learner_never_mix_their_runs():
    long, short = (network_lesson({"epochs": n, "points": 40}) for n in (2000, 10))
    recording, computing = NetworkTraining(long), threading.Event()

    def first():
        with recording.exclusive():
            recording.reset(long)
            computing.set()
            recording.compute(seconds=60)

    thread = threading.Thread(target=first)
    thread.start()
    computing.wait()
    with recording.exclusive():
        recording.train(short)
    thread.join()
    assert recording.run.columns == observe.run(short.text).columns
    assert recording.frames[-1].epoch == 10


def test_the_largest_network_keeps_its_film_small():
    recording = NetworkTraining(
        network_lesson({"depth": 6, "width": 64, "epochs": 2000, "points": 1000})
    )
    each = len(recording.frames[0].field) + len(recording.frames[0].maps)
    assert each * MAX_FRAMES < 1_300_000


def test_the_reels_joined_are_the_film_and_a_full_one_never_changes():
    lesson = network_lesson({"epochs": 90, "points": 40})
    recording, before = NetworkTraining(lesson), []
    while not recording.complete:
        recording.compute(0.001)
        now = chunks(recording)
        assert now[: max(len(before) - 1, 0)] == before[:-1]
        before = now
    assert [len(one["frames"]["epochs"]) for one in before[:-1]] == [CHUNK] * (len(before) - 1)
    assert [e for one in before for e in one["frames"]["epochs"]] == frame_epochs(90)
    joined = b"".join(base64.b64decode(one["columns"]["test_loss"]) for one in before)
    assert joined == array("f", recording.run.columns["test_loss"]).tobytes()


def test_a_run_that_diverges_is_still_filmed_and_sent():
    recording = recorded(
        {"data": "plane", "loss": MSE, "learning_rate": 10.0, "optimizer": "gradient descent",
         "depth": 0, "epochs": 60, "points": 40}
    )  # fmt: skip
    assert recording.run.failure is None
    assert chunks(recording)[-1]["frames"]["epochs"][-1] == 60
