"""The checks beside a run: on the training page, in its lab, at the network and at the block."""

import pytest

from groundup.diagnosis.running import watched
from groundup.training import broken_loop
from groundup.ui.components.messages import plain
from groundup.ui.modules.state import ModulesState
from groundup.ui.scale.state import ScaleState
from groundup.ui.settings.nn_module import BEYOND
from groundup.ui.training.state import TrainingState
from tests.diagnosis.test_checks import LOOP, states
from tests.pages import said, state_of


def checks(app):
    found = [one.value for one in app.markdown if "gradients&nbsp;were&nbsp;fresh" in one.value]
    assert len(found) <= 1
    return found[0].replace("&nbsp;", " ") if found else ""


def to_the_end(app, training):
    """As if the learner had watched the run to its end."""
    training.finish()
    training.follow_player(training.order, training.furthest, False)
    return app.run()


def of_the_loop(app):
    return state_of(app, TrainingState).training


def test_the_checks_of_a_broken_loop_are_drawn_once_it_was_seen_to_its_end(visit):
    broken = LOOP.edit("no_zero")
    title = broken_loop.mistakes(LOOP)["Forget to zero the gradients"].title
    link = {"lab": "Break it", "epochs": "12", "begin_at": "chosen", "break": title}
    app = visit("training_loop", **link)
    app.button(key="skip").click().run()
    assert checks(app) == ""
    app.button(key="train").click().run()
    assert checks(app) == ""
    app = to_the_end(app, of_the_loop(app))
    assert ":red[✗ **gradients were fresh**]" in checks(app)
    assert ":green[✓] all moved" in checks(app)
    assert "in its first 12 passes" in checks(app)
    broken = states(LOOP.set(epochs=12).edit("no_zero").text)["fresh"]
    assert plain(broken.sentence) in said(app, "error")


def test_of_a_longer_run_the_first_passes_alone_are_spoken_of(visit):
    app = visit("training_loop", epochs="400")
    app.button(key="train").click().run()
    app = to_the_end(app, of_the_loop(app))
    assert 12 <= int(checks(app).split("in its first ")[1].split()[0]) < 400


@pytest.mark.parametrize("name", ["uphill", "broadcast", "too_fast"])
def test_what_no_check_tells_of_a_broken_loop_is_told_at_its_line(visit, name):
    by_name = {one.name: one for one in broken_loop.mistakes(LOOP).values()}
    settings = {"lab": "Break it", "epochs": "40", "break": by_name[name].title}
    app = visit("training_loop", **settings)
    app.button(key="skip").click().run()
    app.button(key="train").click().run()
    app = to_the_end(app, of_the_loop(app))
    assert ":red[" not in checks(app)
    # A slow machine looks at fewer passes than there are.
    passes = int(checks(app).split("in its first ")[1].split()[0])
    (found,) = watched(of_the_loop(app).lesson.text, passes=passes, seconds=60).findings
    assert plain(found.sentence) in said(app, "error")


def test_a_guess_is_made_before_the_checks_are_seen_and_a_run_to_its_end(visit):
    app = visit("training_loop", lab="Predict", lr="2", epochs="30")
    assert app.button(key="train").disabled
    assert checks(app) == ""
    app = visit("training_loop", epochs="12")
    app.button(key="one_step").click().run()
    assert checks(app) == ""
    app.button(key="train").click().run()
    app = to_the_end(app, of_the_loop(app))
    assert ":green[✓] all moved" in checks(app)
    assert ":red[" not in checks(app)


PAGES = {
    "nn_module": ({"topic": BEYOND, "net_epochs": "10"}, "train_net", ModulesState),
    "ffn_scale": ({"scale": "Train it", "ffn_epochs": "100"}, "ffn_train", ScaleState),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_network_and_a_block_hold_theirs(visit, page):
    settings, button, state = PAGES[page]
    app = visit(page, **settings)
    app.button(key=button).click().run()
    held = state_of(app, state)
    app = to_the_end(app, held.network_training if state is ModulesState else held.training)
    assert checks(app).count(":green[✓]") == 5
    assert ":red[" not in checks(app)
