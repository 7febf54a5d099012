"""The training-loop page as a user meets it: controls, code, run, and links made by hand."""

import pytest

from groundup.engine import lesson, observe
from groundup.engine.text import loop_line
from groundup.ui.controls.state import ControlsState
from groundup.ui.controls.widgets import declared
from groundup.ui.settings import training_loop
from groundup.ui.training.state import TrainingState
from tests.pages import floats, sent_to, shown_code, state_of, with_settings

LOOP = lesson.load("training_loop").set(begin="random")
START = loop_line(LOOP.text)
PARAMETERS = lesson.load("by_hand").parameters | LOOP.parameters


def test_the_page_shows_the_lesson_as_it_stands(visit):
    app = visit("training_loop")
    assert not app.exception
    assert shown_code(app) == LOOP.text


@pytest.mark.parametrize(
    ("key", "value", "parameter"),
    [
        ("lr", 0.05, "learning_rate"),
        ("epochs", 250, "epochs"),
        ("noise", 0.5, "noise"),
        ("points", 12, "points"),
        ("true_w", -3.0, "true_w"),
        ("true_b", 4.5, "true_b"),
        ("start_w", 2.5, "start_w"),
        ("start_b", -1.5, "start_b"),
        ("seed", 7, "seed"),
        ("optimizer", "Adam", "optimizer"),
    ],
)
def test_moving_a_control_changes_the_code_at_once(visit, key, value, parameter):
    app = with_settings(visit("training_loop"))
    kinds = {"slider": app.slider, "select": app.selectbox}
    widgets = kinds.get(declared()[key].kind, app.number_input)
    widgets(key=key).set_value(value).run()
    # Who says where w or b begins has chosen.
    begin = "chosen" if parameter.startswith("start") else "random"
    assert shown_code(app) == LOOP.set(**{parameter: value}, begin=begin).text


def test_a_start_in_a_link_is_where_it_begins_and_else_the_seed_draws_it(visit):
    # Links held a start long before any could be random.
    app = visit("training_loop", start_w="2.5", seed="3")
    assert shown_code(app) == LOOP.set(begin="chosen", start_w=2.5, seed=3).text
    starts = []
    for link in ({"seed": "3"}, {"start_w": "2.5", "begin_at": "random"}):
        app = visit("training_loop", **link)
        run = observe.run(shown_code(app))
        starts.append(sent_to(app, "player")["runs"][0]["start"])
        assert starts[-1] == [run.variables["start_w"], run.variables["start_b"]]
    assert starts[0] != starts[1] != [2.5, 0.0]


def test_the_logarithmic_slider_and_the_exact_box_follow_each_other(visit):
    app = visit("training_loop", lr="0.0845")
    assert app.number_input(key="lr").value == 0.0845
    app.select_slider(key="lr_stop").set_value(1.0).run()
    assert app.number_input(key="lr").value == 1.0
    app.number_input(key="lr").set_value(0.003).run()
    assert app.select_slider(key="lr_stop").value == 0.003
    # Between two stops the thumb names the box's number, not its stop's.
    app.number_input(key="lr").set_value(0.6).run()
    options = app.select_slider(key="lr_stop").options
    assert ("0.6" in options, "0.7" in options) == (True, False)
    app.select_slider(key="lr_stop").set_value(0.1).run()
    assert app.number_input(key="lr").value == 0.1


def test_train_sends_the_player_the_very_numbers_of_the_shown_code(visit):
    app = visit("training_loop", epochs="60", optimizer="momentum")
    app.button(key="train").click().run()
    sent, run = sent_to(app, "player"), observe.run(shown_code(app))
    assert sent["order"]["play"]
    assert floats(sent["runs"][0]["loss"])[:-1] == list(run.columns["loss"])
    for name in ("w", "b"):
        assert floats(sent["runs"][0][name]) == list(run.columns[name])


def held_at(app, epoch):
    """As if the learner had stopped the run there."""
    training = state_of(app, TrainingState).training
    training.finish()
    training.follow_player(training.order, epoch, False)
    return app.run()


def stand(app):
    """The order that the code's steps were given: a loop's line and pass, and statements more."""
    order = sent_to(app, "code")["steps"]["stand"]
    return order["start"], order["presses"]


def test_step_opens_the_recording_before_the_pass_where_the_run_is_held(visit):
    app = visit("training_loop")
    assert "packed" not in sent_to(app, "code")["steps"]
    app.button(key="one_step").click().run()
    assert stand(app) == ([START, 0], 1)
    app.button(key="one_step").click().run()
    assert stand(app) == ([START, 0], 2)
    app.button(key="train").click().run()
    app = held_at(app, 40)
    app.button(key="reset").click().run()
    assert stand(app) == ([START, 0], 2)
    app = visit("training_loop")
    app.button(key="train").click().run()
    app = held_at(app, 40)
    app.button(key="one_step").click().run()
    assert stand(app) == ([START, 40], 1)
    assert not sent_to(app, "player")["order"]["play"]


def test_the_picture_follows_the_code_and_only_while_both_are_of_one_text(visit):
    app = visit("training_loop")
    app.button(key="train").click().run()
    app = held_at(app, 40)
    code, player = sent_to(app, "code"), sent_to(app, "player")
    assert (player["follows"], code["followed"]["identity"]) == ("code", player["id"])
    assert code["followed"]["button"] == "one_step"
    app.slider(key="points").set_value(7).run()
    code, player = sent_to(app, "code"), sent_to(app, "player")
    assert code["followed"]["identity"] != player["id"]
    assert code["followed"]["button"] is None
    app.button(key="one_step").click().run()
    code, player = sent_to(app, "code"), sent_to(app, "player")
    assert code["followed"]["identity"] == player["id"]
    assert stand(app) == ([START, 0], 1)


def test_reset_goes_back_to_before_the_first_epoch(visit):
    app = visit("training_loop")
    app.button(key="train").click().run()
    app.button(key="reset").click().run()
    sent = sent_to(app, "player")
    assert (sent["runs"][0]["w"], sent["order"]["play"]) == ("", False)


def test_the_schedule_in_a_link_is_a_line_in_the_loop(visit):
    app = visit("training_loop", schedule="0: 0.2, 30: 0.01")
    assert shown_code(app) == LOOP.set(learning_rate=0.2).at_epoch(30, learning_rate=0.01).text


@pytest.mark.parametrize("schedule", ["nonsense", "0: 99", "5: 0.1"])
def test_a_schedule_that_cannot_be_used_is_answered_by_a_sentence(visit, schedule):
    app = visit("training_loop", schedule=schedule)
    assert not app.exception
    assert any("schedule" in warning.value for warning in app.warning)
    assert shown_code(app) == LOOP.text


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("lr", "abc"),
        ("lr", "-1"),
        ("lr", "1e99"),
        ("lr", "nan"),
        ("epochs", "0"),
        ("epochs", "10000000"),
        ("epochs", "1.5"),
        ("device", "cuda"),
        ("device", "toaster"),
        ("seed", "-5"),
        ("optimizer", "evil"),
        ("points", "1"),
        ("noise", "-1"),
    ],
)
def test_a_refused_value_in_a_link_gets_a_sentence_and_a_working_page(visit, key, value):
    if value in declared()[key].options:
        pytest.skip(f"this machine has {value}")
    app = visit("training_loop", **{key: value})
    assert not app.exception
    assert any(f"{key}={value}" in warning.value for warning in app.warning)
    assert shown_code(app) == LOOP.text
    app.button(key="train").click().run()
    assert not app.exception


def test_the_sentence_goes_once_the_control_was_moved(visit):
    app = visit("training_loop", epochs="0")
    app.number_input(key="epochs").set_value(50).run()
    assert not app.warning


def test_an_unknown_key_in_a_link_is_named_and_ignored(visit):
    app = visit("training_loop", colour="blue")
    assert any("colour" in warning.value for warning in app.warning)
    assert not app.exception


def test_a_forged_value_is_checked_again(visit):
    app = visit("training_loop")
    app.session_state["lr"] = 1e9
    app.run()
    assert not app.exception
    assert shown_code(app) == LOOP.text


def test_the_controls_take_their_bounds_from_the_lesson():
    for control in training_loop.CONTROLS:
        if control.parameter and not control.options:
            declared_there = PARAMETERS[control.parameter]
            assert (control.low, control.high) == (declared_there.low, declared_there.high)


def test_coming_back_to_the_page_finds_the_run_as_it_was_left(visit):
    app = visit("training_loop")
    app.button(key="train").click().run()
    app.switch_page("app_pages/home.py").run()
    app.switch_page("app_pages/training_loop.py").run()
    assert not app.exception
    assert len(floats(sent_to(app, "player")["runs"][0]["w"])) == 100


def test_a_slider_that_the_browser_has_not_yet_moved_overrides_no_typed_number(visit):
    app = visit("training_loop")
    app.number_input(key="lr").set_value(0.03).run()
    # As if the next message had left the browser before it heard of the slider's move.
    left_stops = state_of(app, ControlsState).left_stops
    left_stops["lr_stop"] = 0.1
    app.select_slider(key="lr_stop").set_value(0.1).run()
    assert app.number_input(key="lr").value == 0.03
    assert app.select_slider(key="lr_stop").value == 0.03
    app.select_slider(key="lr_stop").set_value(0.1).run()
    assert app.number_input(key="lr").value == 0.1
