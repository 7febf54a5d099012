"""The race of optimizers as a user meets it, without a browser."""

import json

import pytest

from groundup.optimizers import catalogue
from groundup.optimizers.racers import LANDSCAPES, MAX_RACERS, presets, racers
from groundup.ui.settings.optimizers import CONTROLS, racer_controls
from tests.pages import sent_to, shown_code

TOPIC = "The optimizers"


def opened(visit, **link):
    app = visit("nn_module", topic=TOPIC, **link)
    assert not app.exception
    return app


def scene(app):
    return sent_to(app, "race_player")


def names(app):
    return [run["name"] for run in scene(app)["runs"]]


def optimizer_line(app):
    (line,) = [one for one in shown_code(app).splitlines() if one.startswith("optimizer = ")]
    return line


def test_a_first_visit_sees_a_race_its_code_and_who_won(visit):
    app = opened(visit)
    assert names(app) == ["SGD", "Momentum", "RMSprop", "Adam"]
    assert scene(app)["epochs"] == 200
    assert scene(app)["order"]["play"]
    assert optimizer_line(app) == "optimizer = torch.optim.Adam([x, y], lr=learning_rate)"
    (table,) = app.table
    assert list(table.value["racer"]) == ["RMSprop", "Momentum", "Adam", "SGD"]
    assert "Muon only supports 2D parameters" in " ".join(one.value for one in app.caption).replace(
        "\\", ""
    )


def pick(app, title):
    """Choose a ready-made race in the menu."""
    app.get("menu_button")[0].click(title).run()


def link_of(racer):
    """A link that sets every hyperparameter of ``racer`` to something else than its default."""
    found = {}
    for one, this in zip(racer.hyperparameters, racer_controls(racer), strict=True):
        if this.kind == "switch":
            found[this.key] = str(not one.default).lower()
        elif this.kind == "select":
            found[this.key] = one.options[0]
        else:
            wanted = {"etas_1": 1.5, "d": 2.0, "beta2_decay": -0.5, "dampening": 0.0}
            found[this.key] = "7" if one.kind is int else str(wanted.get(one.key, 0.25))
    return found


@pytest.mark.parametrize("racer", racers().values(), ids=lambda one: one.name)
def test_every_hyperparameter_in_a_link_stands_in_the_line_that_ran(visit, racer):
    link = link_of(racer)
    if racer.name == "SGD":
        link["sgd_nesterov"] = "true"
    app = opened(visit, racers=racer.name, watched=racer.name, race_steps="3", **link)
    line = optimizer_line(app)
    for one, this in zip(racer.hyperparameters, racer_controls(racer), strict=True):
        value = one.kind(json.loads(link[this.key])) if one.kind is not str else link[this.key]
        if (
            value
            == catalogue.hyperparameters(racer.optimizer)[racer.hyperparameters.index(one)].default
        ):
            assert f"{one.name}=" not in line
        elif one.place is None:
            assert f"{one.name}={value!r}" in line
        else:
            assert repr(value) in line.split(f"{one.name}=(")[1].split(")")[0]


@pytest.mark.parametrize(
    ("key", "value", "line"),
    [
        ("shared_lr", "0.02", "learning_rate = 0.02 "),
        ("race_steps", "40", "steps = 40 "),
        ("from_x", "-3.5", "start_x = -3.5 "),
        ("from_y", "0.5", "start_y = 0.5 "),
        ("landscape", "Beale", "Beale's plain"),
        ("watched", "SGD", "torch.optim.SGD([x, y], lr=learning_rate)"),
    ],
)
def test_each_control_changes_the_text_that_runs(visit, key, value, line):
    assert line in shown_code(opened(visit, **{key: value}))


def test_the_straight_line_takes_the_seed(visit):
    app = opened(visit, landscape="straight line", seed="5")
    assert "seed = 5 " in shown_code(app)
    assert scene(app)["params"] == ["w", "b"]


def test_each_its_own_learning_rate_begins_at_torchs_default(visit):
    app = opened(visit, rates="each its own")
    assert "learning_rate = 0.001 " in shown_code(app)
    app.number_input(key="adam_lr").set_value(0.5).run()
    assert "learning_rate = 0.5 " in shown_code(app)


def test_a_landscape_begins_at_its_own_start(visit):
    app = opened(visit, landscape="Rosenbrock")
    assert scene(app)["start"] == list(LANDSCAPES["Rosenbrock"].start)
    assert "learning_rate = 0.001 " in shown_code(app)
    app.selectbox(key="landscape").set_value("saddle").run()
    assert scene(app)["start"] == list(LANDSCAPES["saddle"].start)


def test_a_link_holds_what_is_not_the_landscapes_own(visit):
    app = opened(visit, landscape="Rosenbrock", shared_lr="0.09", from_x="-1.0")
    assert "learning_rate = 0.09 " in shown_code(app)
    assert scene(app)["start"] == [-1.0, 2.0]


def test_settings_survive_a_pause_from_the_race_and_can_go_back(visit):
    app = opened(visit)
    app.number_input(key="adam_betas_0").set_value(0.5).run()
    assert "betas=(0.5, 0.999)" in optimizer_line(app)
    app.multiselect(key="racers").set_value(["SGD"]).run()
    assert "torch.optim.SGD" in optimizer_line(app)
    app.multiselect(key="racers").set_value(["SGD", "Adam"]).run()
    assert "betas=(0.5, 0.999)" in optimizer_line(app)
    app.button(key="back_adam").click().run()
    assert optimizer_line(app) == "optimizer = torch.optim.Adam([x, y], lr=learning_rate)"


def test_what_torch_refuses_is_said_in_its_words_and_the_others_race(visit):
    app = opened(visit)
    app.toggle(key="sgd_nesterov").set_value(True).run()
    assert not app.exception
    assert names(app) == ["Momentum", "RMSprop", "Adam"]
    assert len(app.warning) == 2
    for one in app.warning:
        assert one.value.startswith("Nesterov momentum requires a momentum and zero dampening")
    app.toggle(key="sgd_nesterov").set_value(False).run()
    assert names(app)[0] == "SGD"


def test_when_nobody_starts_the_landscape_waits_beside_the_reason(visit):
    app = opened(visit, racers="SGD", sgd_nesterov="true")
    assert "Its settings stand under **Racers**" in app.warning[-1].value
    assert names(app) == []
    assert not app.table


def test_an_optional_number_that_is_none_is_answered_in_words(visit):
    app = opened(visit, racers="LBFGS", watched="LBFGS", lbfgs_max_eval="many")
    assert "max_eval must be None or a whole number" in app.warning[0].value.replace("\\", "")
    assert app.warning[0].proto.title == "This cannot be used"
    assert optimizer_line(app) == "optimizer = torch.optim.LBFGS([x, y], lr=learning_rate)"


def test_a_diverging_race_is_named_in_the_table(visit):
    app = opened(visit, shared_lr="0.15")
    rows = app.table[0].value
    (loss,) = rows[rows["racer"] == "SGD"]["loss at the end"]
    assert loss.startswith(("NaN, from step", "∞, from step"))


@pytest.mark.parametrize(
    ("link", "named"),
    [
        ({"racers": "Nobody"}, "choose from one to 8 of"),
        ({"race_steps": "1e9"}, "race_steps=1e9"),
        ({"from_x": "nan"}, "from_x=nan"),
        ({"adam_betas_0": "5"}, "adam_betas_0=5"),
        ({"landscape": "Everest"}, "landscape=Everest"),
    ],
)
def test_a_link_that_cannot_be_used_is_answered_in_words(visit, link, named):
    app = opened(visit, **link)
    assert named in app.warning[0].value
    assert names(app)


def test_no_more_race_than_can_be_told_apart(visit):
    app = opened(visit, race_steps="2")
    app.multiselect(key="racers").set_value(list(racers())).run()
    assert names(app) == list(racers())[:MAX_RACERS]
    linked = opened(visit, race_steps="2", racers=list(racers()))
    assert "choose from one to 8 of" in linked.warning[0].value
    assert len(names(linked)) <= MAX_RACERS


def test_the_clock_can_count_evaluations(visit):
    app = opened(visit, racers="LBFGS", race_by="evaluations", race_steps="5")
    assert scene(app)["word"] == "evaluation"
    assert scene(app)["epochs"] > 5
    assert scene(app)["runs"][0]["at"]


@pytest.mark.parametrize("one", presets(), ids=lambda one: one.title)
def test_a_preset_sets_the_controls_and_says_what_to_see(visit, one):
    app = opened(visit)
    pick(app, one.title)
    assert not app.exception
    assert scene(app)["look"] == one.said
    assert names(app) == one.settings["racers"].split(", ")
    assert f"torch.optim.{racers()[one.settings['watched']].optimizer}" in optimizer_line(app)
    for key, value in one.settings.items():
        if key != "racers":
            assert app.session_state[key] == value
    app.number_input(key="race_steps").set_value(33).run()
    assert scene(app)["look"] == ""


def test_every_control_has_its_own_name_in_a_link():
    assert len({one.key for one in CONTROLS}) == len(CONTROLS)


def test_racers_may_stand_in_a_link_in_one_piece(visit):
    app = visit("nn_module", topic=TOPIC, racers="SGD, Adam")
    assert not app.warning
    assert app.session_state["racers"] == ["SGD", "Adam"]
