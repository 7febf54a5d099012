"""The computation-graph page as a user meets it: presets, controls, links, mistakes."""

import pytest

from groundup.graph import input_line
from groundup.graph.presets import PRESETS
from groundup.graph.recording import trace_graph
from groundup.graph.script import write
from groundup.language.program import check
from groundup.ui.components.messages import plain
from tests.hosting.hostile import opened
from tests.pages import outputs, said, sent_under, with_settings

PAGE = "computation_graph"


def picture(app):
    """What the picture was sent; None where there is none."""
    return sent_under(app, "graph_picture")


def painted(app):
    """What the picture says at the page's moment, row by row."""
    data = picture(app)
    timelines = [*data["picture"]["nodes"].values(), *data["picture"]["edges"].values()]
    now = [[paint for start, paint in line if start <= data["at"]][-1] for line in timelines]
    return "\n".join(row for rows, *_ in now for row in rows)


@pytest.mark.parametrize("title", PRESETS)
def test_every_preset_runs_in_both_views_and_in_every_part(visit, title):
    preset = PRESETS[title]
    expected = trace_graph(write(check(preset.text), input_line.parse(preset.inputs)))
    last = len(expected.moments) - 1
    app = visit(PAGE, graph=title, moment=str(last))
    assert not app.exception
    assert (picture(app)["at"], picture(app)["last"]) == (last, last)
    assert any(preset.look in caption.value for caption in app.caption)
    assert picture(app)["picture"]["graph"]["nodes"].keys() >= {item.key for item in expected.items}
    timeline, text = (sent_under(app, "graph_code")[name] for name in ("timeline", "text"))
    assert (timeline["leader"], timeline["text"]) == ("graph_picture", picture(app)["id"])
    # What is over by each moment, run by itself, has made the names of so many statements.
    made, count = list(expected.script.names.values()), 0
    for moment, done in list(zip(expected.moments, timeline["done"], strict=True))[:-1]:
        count += moment.kind == "forward"
        space: dict[str, object] = {}
        exec("\n".join(text.split("\n")[:done]), space)
        assert space.keys() & set(made) - set(expected.script.inputs.values()) == {
            name for name in made[:count] if name not in expected.script.inputs.values()
        }
    if expected.failure:
        assert timeline["failed"] == timeline["done"][last] == expected.failure.line
        assert plain(expected.failure.message) in [error.value for error in app.error]
    app.segmented_control(key="view").set_value("what autograd recorded").run()
    app.toggle(key="saved_tensors").set_value(True).run()
    for node in expected.nodes:
        assert node.name in painted(app)
    for part in ("check", "life of the graph", "take home", "chain rule"):
        app.segmented_control(key="part").set_value(part).run()
        assert not app.exception, part


def test_choosing_a_preset_takes_its_program_and_inputs(visit):
    app = visit(PAGE)
    app.menu_button(key="graph_menu").set_value("one neuron").run()
    assert app.text_area(key="program").value == PRESETS["one neuron"].text
    assert app.text_area(key="given").value == PRESETS["one neuron"].inputs
    assert app.toggle(key="learns_x").value is False
    assert "sigmoid" in painted(app)


def test_an_example_begins_anew_also_when_it_is_chosen_again(visit):
    app = visit(PAGE, graph="one neuron", program="y = w * 2", given="w=3", chosen="w · input")
    assert app.selectbox(key="chosen").value
    assert "sigmoid" not in painted(app)
    app.menu_button(key="graph_menu").click("one neuron").run()
    assert app.text_area(key="program").value == PRESETS["one neuron"].text
    assert app.text_area(key="given").value == PRESETS["one neuron"].inputs
    assert app.selectbox(key="chosen").value is None
    assert "sigmoid" in painted(app)


def test_a_forged_press_on_an_example_changes_nothing(visit):
    app = visit(PAGE, program="y = w * 2", given="w=3")
    app.menu_button(key="graph_menu").click("nonsense").run()
    assert not app.exception
    assert app.text_area(key="program").value == "y = w * 2"


def test_defaults_bring_back_the_first_program_and_its_inputs(visit):
    app = with_settings(visit(PAGE, graph="one neuron"))
    app.slider(key="slider_w").set_value(1.5).run()
    app.button(key="defaults").click().run()
    assert not app.error
    first = next(iter(PRESETS.values()))
    assert app.text_area(key="program").value == first.text
    assert app.text_area(key="given").value == first.inputs


def test_a_link_opens_at_its_step_and_a_bare_one_at_the_end_of_the_way_forward(visit):
    start = visit(PAGE, moment="0")
    assert "not yet" in painted(start)
    assert "Nothing has run yet" in said(start)
    bare = visit(PAGE)
    assert picture(bare)["at"] == picture(bare)["forward"] == 2
    assert "grad None" in painted(bare)
    end = visit(PAGE, moment="7")
    assert "not yet" not in painted(end)
    assert "grad None" not in painted(end)
    assert "is now 4" in said(end)


def test_another_program_begins_at_the_end_of_its_way_forward(visit):
    app = visit(PAGE, moment="7")
    app.text_area(key="program").set_value("y = a * x\nz = y * y\nq = tanh(z)").run()
    assert picture(app)["at"] == picture(app)["forward"] == 3


def test_moving_an_input_keeps_the_step(visit):
    app = visit(PAGE, moment="6")
    before = picture(app)["id"]
    app.slider(key="slider_a").set_value(-1.5).run()
    assert (picture(app)["at"], picture(app)["id"]) == (6, before)


def test_moving_an_input_changes_line_picture_and_link(visit):
    app = visit(PAGE)
    app.slider(key="slider_a").set_value(-1.5).run()
    assert app.text_area(key="given").value == "a=-1.5; b=3; x=4"
    assert "a = −1.5" in painted(app)
    assert "z = 6" in painted(app)
    app.toggle(key="learns_b").set_value(False).run()
    assert app.text_area(key="given").value == "a=-1.5; b=3 fixed; x=4"
    assert "no grad" in painted(app)


def test_inputs_may_stand_on_a_line_each_and_stay_there(visit):
    app = visit(PAGE, program="y = (W @ x).sum() * a")
    app.text_area(key="given").set_value("a=2\nW=[[1, 2],\n[3, 4]] fixed\n\nx=[5, 6]\n").run()
    assert not app.error
    assert "W (2×2)" in painted(app)
    app.slider(key="slider_a").set_value(-1.5).run()
    assert app.text_area(key="given").value == "W=[[1, 2], [3, 4]] fixed\nx=[5, 6]\na=-1.5"
    assert "W (2×2)" in painted(app)
    assert not app.error


def cells(app, name):
    """What the grid of an input was sent."""
    return sent_under(app, f"cells_{name}")


def test_a_matrix_stands_in_a_grid_and_a_number_can_become_one(visit):
    app = visit(PAGE, graph="matrices")
    assert cells(app, "A") == {"name": "A", "value": [[1, 2], [3, 4]], "most": 36}
    app = visit(PAGE)
    app.button(key="list_a").click().run()
    assert app.text_area(key="given").value == "a=[2]; b=3; x=4"
    assert cells(app, "a")["value"] == [2]
    assert not app.exception


def test_what_has_three_dimensions_is_typed_as_text_and_a_wrong_one_is_answered(visit):
    app = visit(PAGE, program="y = x * 2", given="x=[[[1, 2]]]")
    app.text_input(key="text_x").set_value("[[[5], [6]]]").run()
    assert app.text_area(key="given").value == "x=[[[5], [6]]]"
    app.text_input(key="text_x").set_value("[[[5], [6, 7]]]").run()
    assert "was not used" in app.warning[0].value
    assert app.text_area(key="given").value == "x=[[[5], [6]]]"
    assert not app.exception


def test_a_new_name_becomes_an_input(visit):
    app = visit(PAGE)
    app.text_area(key="program").set_value("z = a * brandnew").run()
    assert app.slider(key="slider_brandnew").value == 2.0
    assert app.slider(key="slider_a").value == 2.0
    assert not app.exception


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("y = a + b\nz = y.__class__", "Line 2, column 5"),
        ("z = __import__('os')", "Line 1, column 5"),
        ("z = 9**9**9 * a", "Line 1, column 1: this makes a whole number of more than 64 bits"),
        ("z = a.reshape(5, 5)", "Line 1, column 5"),
        ("", "Line 1, column 1"),
    ],
)
def test_a_refused_program_is_answered_and_the_last_picture_stays(visit, text, place):
    app = visit(PAGE)
    before = painted(app)
    app.text_area(key="program").set_value(text).run()
    assert not app.exception
    assert app.error[0].value.startswith(place)
    assert app.text_area(key="program").value == text
    assert painted(app) == before
    assert app.slider(key="slider_a").value == 2.0
    assert app.text_area(key="given").value == "a=2; b=3; x=4"


def test_a_link_brings_program_inputs_and_moment(visit):
    app = visit(PAGE, program="q = m * m\n", given="m=7", moment="2")
    assert app.text_area(key="program").value == "q = m * m\n"
    assert "q = 49" in painted(app)
    assert picture(app)["at"] == 2


@pytest.mark.parametrize(
    "link",
    [
        {"program": "import os"},
        {"program": "y = x" * 3000},
        {"given": "a=b=c"},
        {"given": "a=[[[[[[1]]]]]]; x=1e999"},
        {"moment": "-5"},
        {"moment": "99999999999999999999"},
        {"moment": "x"},
        {"graph": "nope"},
        {"view": "nope"},
        {"part": "nope"},
        {"chosen": "nope"},
        {"chosen": "t0"},
    ],
)
def test_a_forged_link_gets_a_sentence_and_never_a_traceback(link):
    app = opened(PAGE, link)
    assert not app.exception
    assert len([*app.warning, *app.error]) == 1


def test_of_a_node_in_a_link_nothing_is_said(visit):
    shown = visit(PAGE).selectbox(key="chosen").options[0]
    assert not opened(PAGE, {"chosen": shown}).warning


def test_a_large_graph_is_summarised(visit):
    text = "y = a\n" + "y = y * a + b\n" * 120
    app = visit(PAGE, program=text, given="a=1; b=2")
    assert not app.exception
    assert picture(app)["picture"] is None
    assert picture(app)["last"] == 121 + 242  # statements, and nodes on the way back
    assert any("nodes" in info.value for info in app.info)


def test_the_chain_rule_adds_up_on_the_page(visit):
    app = visit(PAGE, graph="a value used twice")
    text = outputs(app)[0]
    assert "∂y/∂u1 · ∂u1/∂x = 1 × 3 = 3" in text
    assert "sum: 3 + 3 + 1 = 7" in text
    assert "x.grad = 7: the same" in text


def test_the_check_tells_that_detach_hides_a_path(visit):
    app = visit(PAGE, graph="detach() cuts the graph", part="check")
    assert any("detach()" in warning.value for warning in app.warning)
    app = visit(PAGE, graph="two layers of tanh", part="check")
    assert not app.warning
