"""Networks written, trained for real, and recorded; against torch and closed forms."""

import base64
import threading
from array import array

import pytest
import torch

from groundup.engine import observe
from groundup.engine.lesson import load
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
    run = observe.run(write(Design(data=data, loss=loss)).set(**SHORT).text)
    assert run.failure is None
    assert not run.notices
    assert run.variables["y_hat"].shape[0] == 40


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
    run = observe.run(network_lesson(PRESETS[preset]).text)
    assert run.columns["test_score"][-1] >= needed


def test_dead_relus_get_no_gradient():
    last = recorded(PRESETS["Dead ReLUs"]).frames[-1]
    assert sum(last.idle) > 8
    assert last.gradients[0] == 0


def test_vanishing_gradients_shrink_towards_the_first_layer():
    gradients = recorded(PRESETS["Vanishing gradients"]).frames[-1].gradients
    assert len(gradients) == 7
    assert gradients[0] < gradients[-1] / 1000


def test_overfitting_ends_far_above_its_best_test_loss():
    losses = recorded(PRESETS["Overfitting"]).run.columns
    assert losses["train_loss"][-1] < 0.01
    assert losses["test_loss"][-1] > 3 * min(losses["test_loss"])


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
