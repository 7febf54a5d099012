"""The nn.Module page as a user meets it, without a browser."""

import json

import pytest

from groundup import lesson

PAIR = {"by_hand_code": "training_loop", "by_module_code": "nn_module"}


def sent(app, component):
    """What each component called ``component`` was sent, in the order of the page."""
    protos = [element.proto for element in app.get("bidi_component")]
    return [json.loads(p.json) for p in protos if p.component_name == f"groundup_{component}"]


def test_both_programs_are_shown_as_they_are(visit):
    app = visit("nn_module")
    assert not app.exception
    assert [one["text"] for one in sent(app, "code")] == [
        lesson.load(name).text for name in PAIR.values()
    ]


@pytest.mark.parametrize(
    ("part", "beginnings"),
    [("Zero", ("w.grad.zero_()", "optimizer.zero_grad()")), ("Loss", ("loss = torch", "loss_fn"))],
)
def test_a_part_lights_its_lines_on_both_sides(visit, part, beginnings):
    app = visit("nn_module", piece=part)
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
    app.button(key="run_both").click().run()
    assert sent(app, "player")[0]["epochs"] == 60
    assert not app.info
