"""What stands around the pages: the first page, the sidebar's help, refusals, take home."""

import pytest
import torch

from groundup.engine import lesson, observe
from groundup.engine.devices import available
from groundup.engine.instrument import steps_of
from groundup.engine.observe import Run
from groundup.scale.architecture import layer_ffn_parameters
from groundup.scale.catalogue import MODELS
from groundup.ui.controls.declaration import Control
from groundup.ui.training.state import TrainingState
from tests.pages import said, state_of

LOOP = lesson.load("training_loop")


def test_every_lesson_runs_on_the_torch_of_this_process():
    for name in lesson.names():
        run = Run(lesson.load(name).text)
        assert run.enter("torch")
        assert run._namespace["torch"] is torch


def test_the_way_leads_from_five_steps_to_billions_of_numbers():
    steps = [step.number for step in steps_of(LOOP.text).values()]
    assert sorted(set(steps)) == [1, 2, 3, 4, 5]
    run = Run(LOOP.set(epochs=2).text)
    taken = [step.number for step in iter(run.step, None) if step.number]
    assert taken == [1, 2, 3, 4, 5, 5] * 2
    in_ffn = [layer_ffn_parameters(m.architecture) * m.architecture.layers for m in MODELS]
    assert max(in_ffn) > 2e9


def test_the_same_seed_draws_the_same_numbers_and_another_others():
    drawn = [
        observe.run(LOOP.set(seed=seed, device=device, epochs=1).text).variables["X"].cpu()
        for seed in (7, 7, 8)
        for device in available()
    ]
    count = len(available())
    assert all(x.equal(drawn[0]) for x in drawn[: 2 * count])
    assert not drawn[-1].equal(drawn[0])


@pytest.mark.parametrize(
    ("control", "raw", "reason"),
    [
        (Control("a", "", "number", 3, 1, 9), "10", "it must be a whole number from 1 to 9"),
        (Control("a", "", "number", 3, 1, 9), "2.5", "it must be a whole number from 1 to 9"),
        (Control("a", "", "number", 3.0, 1, 9), "nan", "it must be a number from 1 to 9"),
        (Control("a", "", "number", 3, 1, 9), "9", ""),
        (Control("a", "", "text", "", high=4), "12345", "it has 5 characters, and 4 is the most"),
        (Control("a", "", "text", ""), "a" * 501, "it has 501 characters, and 500 is the most"),
        (Control("a", "", "text", ""), "a\x07", "it holds U+0007, which is no character of a text"),
        (Control("a", "", "text", ""), "a\n", "it holds U+000A, which is no character of a text"),
        (Control("a", "", "lines", ""), "a\n", ""),
        (
            Control("a", "", "several", "x", high=2, options=("x", "y", "z")),
            "x, y, z",
            "choose from one to 2 of x, y, z",
        ),
        (Control("a", "", "several", "x", high=2, options=("x", "y")), "y, x", ""),
    ],
)
def test_a_value_is_refused_for_what_is_wrong_with_it(control, raw, reason):
    assert control.refusal(raw) == reason
    assert control.allows(raw.split(", ") if control.kind == "several" else raw) == (not reason)


def helps(app):
    return {button.proto.label: button.proto.help for button in app.get("download_button")}


def test_a_script_that_reads_a_file_says_so(visit):
    app = visit("training_loop", lab="Data")
    assert "It runs by itself, and" in helps(app)["Code (.py)"]
    rows = "".join(f"{n},{n % 5}\n" for n in range(101)).encode()
    app.file_uploader(key="points_file").upload("mine.csv", rows, "text/csv").run()
    app.button(key="use_file").click().run()
    assert "reads points.csv beside it" in helps(app)["Code (.py)"]


@pytest.mark.parametrize(
    ("link", "named"),
    [({"colour": "blue"}, ["colour"]), ({"a_b": "1", "zz": "2", "lr": "0.2"}, ["a_b", "zz"])],
)
def test_what_is_no_setting_is_named_and_the_rest_is_used(visit, link, named):
    app = visit("training_loop", **link)
    (warning,) = [w.value for w in app.warning]
    assert [f"`{name}`" in warning for name in (*named, "lr")] == [True] * len(named) + [False]
    assert app.number_input(key="lr").value == float(link.get("lr", 0.1))


def test_the_keys_of_the_training_page_are_those_of_its_buttons(visit):
    app = visit("training_loop")
    for key, shortcut in (("train", "t"), ("one_step", "s"), ("reset", "x")):
        assert app.button(key=key).proto.shortcut.lower() == shortcut


def test_by_hand_its_step_goes_as_far_as_the_sliders_go(visit):
    app = visit("training_loop", lab="By hand", hand_w="11", hand_b="0", lr="10", data_line="known")
    run = observe.run(lesson.load("by_hand").set(hand_w=11.0, learning_rate=10.0).text)
    app.button(key="its_step").click().run()
    for key, name in (("hand_w", "next_w"), ("hand_b", "next_b")):
        there = run.scalar(name)
        assert app.slider(key=key).value == pytest.approx(min(max(there, -12), 12), abs=1e-4)
    assert abs(run.scalar("next_w")) > 12


@pytest.mark.parametrize(
    ("schedule", "epochs", "changes"),
    [("0: 0.1, 5: 0.05", "9", True), ("0: 0.1, 9: 0.05", "9", False)],
)
def test_a_rate_changes_in_mid_run_only_before_its_end(visit, schedule, epochs, changes):
    app = visit("training_loop", lab="Predict", schedule=schedule, epochs=epochs)
    app.button(key="skip").click().run()
    app.button(key="train").click().run()
    training = state_of(app, TrainingState).training
    training.finish()
    training.follow_player(training.order, 9, False)
    app.run()
    assert ("changes during the run" in said(app)) == changes
    assert ("condition number" in said(app)) == (not changes)
