"""The requires_grad page as a user meets it, section by section."""

import json

import pytest
import torch

from groundup.engine import lesson
from groundup.engine.observe import run
from groundup.mistakes import gallery as mistakes
from groundup.ui.autograd import common
from groundup.ui.mistakes import asking
from groundup.ui.settings import requires_grad as settings
from tests.pages import codes, outputs, shown_code


def prose(app):
    texts = [*(element.value for element in (*app.markdown, *app.warning)), *outputs(app)]
    return "\n".join([*texts, *(table.value.to_string() for table in app.table)])


@pytest.fixture
def section(visit):
    def open_section(name, **link):
        app = visit("requires_grad", autograd=name, **link)
        assert not app.exception
        return app

    return open_section


@pytest.mark.parametrize("name", settings.SECTIONS)
def test_every_section_opens(section, name):
    assert all(compile(text, "lesson", "exec") for text in codes(section(name)))


@pytest.mark.parametrize(
    ("name", "link"),
    [
        *((name, {}) for name in settings.SECTIONS),
        (settings.SWITCH, {"track_w": "false", "track_b": "false"}),
        (settings.OUT, {"way": "no_grad()"}),
        (settings.OUT, {"way": "inference_mode()"}),
        (settings.SLOPE, {"curve": "my own", "formula": "sqrt(-1 - w**2)"}),
    ],
)
def test_no_action_leaves_the_grad_mode_of_the_pages_thread_changed(
    section, monkeypatch, name, link
):
    # The code panels are drawn in that thread, after the runs whose text they show.
    modes, draw = [], common.code_panel

    def spy(*args, **named):
        modes.append((torch.is_grad_enabled(), torch.is_inference_mode_enabled()))
        return draw(*args, **named)

    for module in (common, asking):
        monkeypatch.setattr(module, "code_panel", spy)
    app = section(name, **link)
    app.run()
    assert set(modes) == {(True, False)}


def test_a_switch_changes_the_code_that_runs(section):
    app = section(settings.SWITCH)
    app.toggle(key="track_x").set_value(True).run()
    assert codes(app) == [lesson.load("switch").set(track_x=True).text]
    assert "added to `x.grad`" in prose(app)


def test_with_every_switch_off_the_page_shows_torchs_own_error(section):
    app = section(settings.SWITCH, track_w="false", track_b="false")
    failed = run(lesson.load("switch").set(track_w=False, track_b=False).text).failure
    assert app.error[0].proto.title == f"Line {failed.line}: {failed.kind}"
    assert app.error[0].value.replace("\\", "") == failed.message


def test_each_added_line_appears_in_the_code(section):
    app = section(settings.SWITCH)
    for key in ("keep_y", "zero_w", "update_w", "forget_b"):
        app.toggle(key=key).set_value(True).run()
        assert not app.exception
    for line in ("y.retain_grad()", "w.grad.zero_()", "w -= 0.1 * w.grad", "b.grad = None"):
        assert line in shown_code(app)


def test_walking_back_shows_fewer_tensors(section):
    app = section(settings.SWITCH)
    assert "`loss`" in prose(app)
    app.slider(key="executed").set_value(1).run()
    assert "`loss`" not in prose(app)
    assert "`x`" in prose(app)


def test_a_link_leads_to_a_statement_and_with_lines_added_or_gone_the_last_is_shown(section):
    app = section(settings.SWITCH, executed="5")
    assert "`loss`" in prose(app)
    assert app.slider(key="executed").value == 5
    app = section(settings.SWITCH, executed="1")
    assert "`loss`" not in prose(app)
    for on, last in ((True, 7), (False, 6)):
        app.toggle(key="keep_y").set_value(on).run()
        assert app.slider(key="executed").value == app.slider(key="executed").max == last
    # More than are executed: allowed where lines are added, and here the last.
    app = section(settings.SWITCH, executed="9")
    assert not app.exception
    assert app.slider(key="executed").value == 6
    app = section(settings.SWITCH, executed="9", keep_y="true", update_w="true", zero_w="true")
    assert app.slider(key="executed").value == app.slider(key="executed").max == 9


def test_step_downhill_adds_a_step_to_the_text(section):
    app = section(settings.SLOPE)
    for _ in range(3):
        next(b for b in app.button if b.label == "Step downhill").click().run()
    assert "steps = 3 " in shown_code(app)
    assert "After 3 steps" in prose(app)


def test_a_typed_curve_runs(section):
    app = section(settings.SLOPE, curve="my own", formula="sin(w) / 2")
    assert "    return sin(w) / 2\n" in shown_code(app)


@pytest.mark.parametrize("formula", ["__import__('os')", "x", "w.mean()", "w if", ""])
def test_a_curve_outside_the_language_is_answered_and_the_last_one_stays(section, formula):
    app = section(settings.SLOPE, curve="my own", formula="w * 3")
    app.text_input(key="formula").set_value(formula).run()
    assert not app.exception
    assert "The last curve that worked stays" in app.warning[0].value
    assert "    return w * 3\n" in shown_code(app)
    assert app.text_input(key="formula").value == formula
    assert app.get("plotly_chart")


def test_a_curve_that_is_nan_everywhere_says_so_in_place_of_an_empty_chart(section):
    app = section(settings.SLOPE, curve="my own", formula="sqrt(-1 - w**2)")
    assert "no value at any of 401 places" in app.warning[0].value
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("at", ["1e9", "-11", "nan", "inf", "ten"])
def test_a_w_far_outside_is_refused_beside_its_control(section, at):
    app = section(settings.SLOPE, at=at)
    assert any(f"at={at}" in warning.value for warning in app.warning)
    assert app.get("plotly_chart")


def test_two_variables_show_the_right_angle(section):
    app = section(settings.SLOPE, variables=settings.TWO, at_w="1.0", at_b="-2.0")
    assert "90.0°" in prose(app)


def test_another_call_of_backward_is_another_block(section):
    app = section(settings.SUM)
    next(b for b in app.button if b.label == "Call backward() again").click().run()
    assert "calls = 4 " in shown_code(app)
    stack = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert len(stack["data"]) == 4


def test_the_shared_seed_reaches_the_mini_batches(section):
    app = section(settings.SUM, seed="7")
    assert "seed = 7 " in codes(app)[-1]


@pytest.mark.parametrize("way", lesson.load("way_out").choices["way"].parameter.options)
def test_every_way_out_shows_its_own_text(section, way):
    app = section(settings.OUT, way=way)
    assert shown_code(app) == lesson.load("way_out").set(way=way).text


def gallery(section, name):
    return section(settings.MISTAKES, mistake=mistakes.mistake(name).title)


@pytest.mark.parametrize("name", ["update_tracked", "target_shape", "never_zeroed"])
def test_the_answer_comes_after_the_prediction(section, name):
    app = gallery(section, name)
    found, entry = mistakes.happened(name), mistakes.mistake(name)
    assert entry.meaning not in prose(app)
    app.segmented_control(key=f"predict_{name}").set_value(found.kind).run()
    assert not app.exception
    assert entry.meaning in prose(app)
    assert "You predicted it" in prose(app)
    said = [box.value.replace("\\", "") for box in (*app.error, *app.warning)]
    assert said == ([found.message] if found.message else [])


def test_the_fix_is_shown_and_run(section):
    app = gallery(section, "detached_backup")
    app.segmented_control(key="predict_detached_backup").set_value("error").run()
    app.toggle(key="cure_detached_backup").set_value(True).run()
    fixed = mistakes.mistake("detached_backup").fixed
    assert codes(app) == [mistakes.mistake("detached_backup").lesson.text, fixed.text]
    assert run(fixed.text).output.strip() in prose(app)


BUTTONS = {
    "Step downhill": (settings.SLOPE, "walk", {"variables": settings.ONE}),
    "Step downhill ": (settings.SLOPE, "walk", {"variables": settings.TWO}),
    "Call backward() again": (settings.SUM, "calls", {}),
}


@pytest.mark.parametrize("label", BUTTONS)
def test_every_press_counts_also_where_the_browser_did_not_hear_of_the_one_before(section, label):
    name, key, link = BUTTONS[label]
    app = section(name, **link)

    def press():
        (button,) = [one for one in app.button if one.label == label.strip()]
        return button.click()

    began = app.number_input(key=key).value
    press().run()
    for pressed in (2, 3):
        # What the browser still holds when the second press is quicker than the answer.
        app.number_input(key=key).set_value(began)
        press().run()
        assert app.number_input(key=key).value == began + pressed
    app.number_input(key=key).set_value(began).run()
    press().run()
    assert app.number_input(key=key).value == began + 1
    app.number_input(key=key).set_value(7).run()
    press().run()
    assert app.number_input(key=key).value == 8
    assert not app.exception
