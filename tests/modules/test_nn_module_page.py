"""The nn.Module page as a user meets it, without a browser."""

import io
import math

import pytest
import torch

from groundup.engine import lesson, observe
from groundup.mistakes import gallery
from groundup.modules import network
from groundup.ui.components.messages import plain
from groundup.ui.settings.nn_module import NETWORK
from tests.pages import floats, outputs, said, sent

PAIR = {"by_hand_code": "training_loop", "by_module_code": "nn_module"}


def test_both_programs_are_shown_as_they_are(visit):
    app = visit("nn_module", topic="Line by line")
    assert not app.exception
    assert [one["text"] for one in sent(app, "code")] == [
        lesson.load(name).text for name in PAIR.values()
    ]


@pytest.mark.parametrize(
    ("part", "beginnings"),
    [("Zero", ("w.grad.zero_()", "optimizer.zero_grad()")), ("Loss", ("loss = torch", "loss_fn"))],
)
def test_a_part_lights_its_lines_on_both_sides(visit, part, beginnings):
    app = visit("nn_module", topic="Line by line", piece=part)
    for panel, beginning in zip(sent(app, "code"), beginnings, strict=True):
        first = panel["text"].splitlines()[panel["lit"][0] - 1]
        assert first.strip().startswith(beginning)


def test_the_proof_races_both_and_shows_the_differences_of_all_four(visit):
    app = visit("nn_module", topic="The proof")
    assert not app.exception
    (scene,) = sent(app, "player")
    assert [run["name"] for run in scene["runs"]] == ["by hand", "nn.Module"]
    (table,) = app.table
    assert list(table.value.index) == list(range(4)) or len(table.value) == 4
    assert "ulp" in str(table.value["loss"].iloc[1])


def test_changed_settings_wait_for_the_button(visit):
    app = visit("nn_module", topic="The proof")
    app.number_input(key="epochs").set_value(60).run()
    assert sent(app, "player")[0]["epochs"] == 100
    assert "Run both" in sent(app, "player")[0]["said"]["instead"]
    app.button(key="run_both").click().run()
    assert sent(app, "player")[0]["epochs"] == 60
    assert "instead" not in sent(app, "player")[0]["said"]


def test_the_proof_runs_under_the_settings_of_the_training_pages_link(visit):
    link = {"points": "9", "noise": "0.5", "true_w": "-3", "start_w": "4", "start_b": "2"}
    app = visit("nn_module", topic="The proof", **link)
    assert not app.exception
    (scene,) = sent(app, "player")
    assert len(scene["data"]["x"]) == 9
    assert scene["runs"][0]["start"] == scene["runs"][1]["start"] == [4, 2]
    said = "9 points around y = −3·x + 1 (noise 0.5, seed 0); every run starts at w = 4, b = 2."
    assert said in [one.value for one in app.caption]


BEYOND = "Beyond a line"


def test_the_builder_shows_an_untrained_network_and_its_code(visit):
    app = visit("nn_module", topic=BEYOND)
    assert not app.exception
    (chunk,) = sent(app, "chunk")
    assert chunk["frames"]["epochs"] == [0]
    assert sent(app, "code")[0]["text"] == lesson.load("network").text


def test_train_plays_the_network_of_the_code(visit):
    app = visit("nn_module", topic=BEYOND, net_epochs="20", samples="60")
    app.button(key="train_net").click().run()
    (scene,) = sent(app, "network_player")
    assert scene["order"]["play"]
    chunks = sent(app, "chunk")
    assert {one["recording"] for one in chunks} == {scene["recording"]}
    assert chunks[-1]["frames"]["epochs"][-1] == scene["epochs"] == 20
    assert "epochs = 20 " in sent(app, "code")[0]["text"]


@pytest.mark.parametrize(
    ("key", "value", "field"),
    [
        ("examples", "two moons", "data"),
        ("samples", 100, "points"),
        ("spread", 0.2, "noise"),
        ("held_out", 0.3, "test_share"),
        ("hidden_layers", 4, "depth"),
        ("units", 5, "width"),
        ("act", "GELU", "activation"),
        ("initial_weights", "Kaiming", "initialisation"),
        ("initial_biases", "zeros", "biases"),
        ("dropout", 0.25, "dropout"),
        ("objective", "MSE", "loss"),
        ("net_lr", 0.003, "learning_rate"),
        ("net_epochs", 50, "epochs"),
        ("minibatch", 10, "batch_size"),
        ("net_optimizer", "Adam", "optimizer"),
        ("decay", 0.01, "weight_decay"),
        ("seed", 5, "seed"),
    ],
)
def test_each_control_changes_the_network_that_is_shown(visit, key, value, field):
    app = visit("nn_module", topic=BEYOND, **{key: str(value)})
    assert not app.exception
    text = sent(app, "code")[0]["text"]
    assert text == network.network_lesson({field: value}).text != lesson.load("network").text


def test_a_preset_sets_the_controls_and_trains(visit):
    app = visit("nn_module", topic=BEYOND)
    app.button(key="preset_Two clouds").click().run()
    assert app.slider(key="hidden_layers").value == 0
    (scene,) = sent(app, "network_player")
    assert scene["order"]["play"]
    (wanted,) = (one for one in network.presets() if one.title == "Two clouds")
    assert sent(app, "code")[0]["text"] == network.network_lesson(wanted.settings).text
    assert wanted.said in [one.value for one in app.info]
    app.slider(key="hidden_layers").set_value(1).run()
    assert wanted.said not in [one.value for one in app.info]


def test_a_preset_holds_whatever_the_browser_still_says_of_a_closed_popover(visit):
    app = visit("nn_module", topic=BEYOND, hidden_layers="1", net_lr="0.04")
    app.button(key="preset_Overfitting").click().run()
    (wanted,) = (one for one in network.presets() if one.title == "Overfitting")
    text = network.network_lesson(wanted.settings).text
    app.slider(key="hidden_layers").set_value(1)
    app.number_input(key="net_lr").set_value(0.04)
    app.select_slider(key="net_lr_stop").set_value(0.03).run()
    assert sent(app, "code")[0]["text"] == text
    # Once it was open, its widgets know, and what they say is the learner's.
    app.session_state["menu_of_layers"] = True
    app.run()
    app.slider(key="hidden_layers").set_value(1).run()
    assert sent(app, "code")[0]["text"] != text
    assert app.slider(key="hidden_layers").value == 1


def test_a_changed_network_waits_for_train(visit):
    app = visit("nn_module", topic=BEYOND, net_epochs="20", samples="60")
    app.button(key="train_net").click().run()
    app.slider(key="units").set_value(9).run()
    (scene,) = sent(app, "network_player")
    assert scene["hidden"] == [8, 8]
    assert "Train" in scene["said"]["instead"]
    assert sent(app, "code")[0]["changed"]


def test_cross_entropy_on_numbers_is_answered_in_words(visit):
    app = visit("nn_module", topic=BEYOND, examples="sine")
    assert "has none, so MSE is used" in app.warning[0].value
    assert "nn.MSELoss" in sent(app, "code")[0]["text"]


@pytest.mark.parametrize("key", [one.key for one in NETWORK if one.high < math.inf])
def test_a_number_out_of_range_in_the_link_is_answered_in_words(visit, key):
    app = visit("nn_module", topic=BEYOND, **{key: "1e9"})
    assert not app.exception
    assert f"{key}=1e9" in app.warning[0].value


HOLDS = "What the model holds"


@pytest.mark.parametrize(
    ("tab", "shown"),
    [
        ("Tree", "Classifier("),
        ("Layer outputs", "forward hook"),
        ("train and eval", "asked once"),
        ("Save and load", "state_dict()"),
    ],
)
def test_each_view_of_what_a_model_holds_is_there(visit, tab, shown):
    app = visit("nn_module", topic=HOLDS)
    app.session_state["inside_tabs"] = tab
    app.run()
    assert not app.exception
    tables = [str(one.value.to_dict()) for one in app.table]
    texts = [*(one.value for one in app.markdown), *outputs(app)]
    assert any(shown in text for text in [*tables, *texts])


def norms(app):
    """What the table was sent: each parameter's name to its norms, one for each epoch and 0."""
    (scene,) = sent(app, "parameters")
    return {row["name"]: floats(row["norms"]) for row in scene["rows"]}


def test_train_plays_the_whole_course_of_each_parameter(visit):
    app = visit("nn_module", topic=HOLDS, after_epochs="10")
    assert sent(app, "parameters")[0]["order"] == {"number": 1, "at": 10, "play": False}
    app.button(key="train_held").click().run()
    (scene,) = sent(app, "parameters")
    assert scene["order"] == {"number": 2, "at": 0, "play": True}
    assert math.isnan(floats(scene["rows"][0]["grads"])[0])
    model = observe.run(lesson.load("inside_a_model").set(epochs=10).text).variables["model"]
    for name, tensor in model.named_parameters():
        assert len(norms(app)[name]) == 11
        assert norms(app)[name][-1] == pytest.approx(tensor.norm().item())


def test_a_file_is_loaded_into_the_model_and_one_press_goes_back(visit):
    app = visit("nn_module", topic=HOLDS, seed="3")
    own = norms(app)
    app.session_state["inside_tabs"] = "Save and load"
    app.run()
    other = observe.run(lesson.load("inside_a_model").set(epochs=50).text).variables
    app.file_uploader(key="state_file").upload("m.pt", other["file"].getvalue()).run()
    assert "your file's numbers" in app.success[0].value
    assert "load_state_dict(torch.load(saved" in sent(app, "code")[0]["text"]
    app.session_state["inside_tabs"] = "Parameters"
    app.run()
    for name, tensor in other["model"].named_parameters():
        assert norms(app)[name] == [pytest.approx(tensor.norm().item())]
    app.button(key="own_numbers_off").click().run()
    assert norms(app) == own
    assert not app.success


def test_a_loaded_file_that_no_longer_fits_is_answered_in_pytorchs_words(visit):
    app = visit("nn_module", topic=HOLDS)
    app.session_state["inside_tabs"] = "Save and load"
    app.run()
    content = observe.run(lesson.load("inside_a_model").text).variables["file"].getvalue()
    app.file_uploader(key="state_file").upload("m.pt", content).run()
    app.slider(key="in_hidden").set_value(9).run()
    assert plain("size mismatch for body.0.weight") in app.error[0].value
    assert "Hidden units" in app.error[0].value
    app.button(key="own_numbers_off").click().run()
    assert not app.error


def test_a_wrapped_file_of_huge_weights_is_unwrapped_at_a_press_and_no_tab_breaks(visit):
    app = visit("nn_module", topic=HOLDS)
    app.session_state["inside_tabs"] = "Save and load"
    app.run()
    model = observe.run(lesson.load("inside_a_model").set(epochs=0).text).variables["model"]
    state = {
        f"module.{n}": torch.full_like(t, 1e19).double() for n, t in model.state_dict().items()
    }
    file = io.BytesIO()
    torch.save(state, file)
    app.file_uploader(key="state_file").upload("m.pt", file.getvalue()).run()
    assert "nn.DataParallel puts it before every name" in app.error[0].value
    app.button(key="unwrap").click().run()
    assert "your file's numbers" in app.success[0].value
    assert any("float64 was converted to float32" in caption.value for caption in app.caption)
    for tab in ("Parameters", "Tree", "Layer outputs", "train and eval", "Save and load"):
        app.session_state["inside_tabs"] = tab
        app.run()
        assert not app.exception
        assert not app.error


def test_a_foreign_file_is_refused_and_the_model_stays_as_it_was(visit):
    app = visit("nn_module", topic=HOLDS)
    app.session_state["inside_tabs"] = "Save and load"
    app.run()
    text = sent(app, "code")[0]["text"]
    app.file_uploader(key="state_file").upload("m.pt", b"something else").run()
    assert "Nothing was changed" in app.error[0].value
    assert sent(app, "code")[0]["text"] == text
    assert not app.exception


@pytest.mark.parametrize("entry", gallery.gallery(gallery.MODULE_FOLDER), ids=lambda e: e.name)
def test_each_mistake_is_foreseen_made_and_mended(visit, entry):
    app = visit("nn_module", topic="Mistakes", slip=entry.title)
    assert not app.exception
    assert [one["text"] for one in sent(app, "code")] == [entry.lesson.text]
    assert entry.meaning not in said(app)
    found = gallery.outcome(observe.run(entry.lesson.text))
    app.segmented_control(key=f"predict_{entry.name}").set_value(found.kind).run()
    boxes = [one.value for one in [*app.error, *app.warning]]
    assert boxes == ([plain(found.message).rstrip()] if found.message else [])
    assert entry.meaning in said(app)
    app.toggle(key=f"cure_{entry.name}").set_value(True).run()
    assert not app.exception
    wrong, right = sent(app, "code")
    assert (wrong["text"], right["text"]) == (entry.lesson.text, entry.fixed.text)
    assert right["changed"]


def test_one_visitor_goes_through_all_topics_and_back(visit):
    app = visit("nn_module", topic="Line by line")
    topics = app.segmented_control(key="topic").options
    for topic in (*topics, *reversed(topics)):
        app.segmented_control(key="topic").set_value(topic).run()
        assert not app.exception, topic
