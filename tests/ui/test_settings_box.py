"""The box *Settings*: what is in it is drawn once somebody wants it, and stands in the link."""

import pytest

from groundup.ui import settings
from groundup.ui.controls.declaration import as_text
from tests.hosting.hostile import opened
from tests.pages import said, with_settings

SHARED = {one.key: one for one in settings.shared.CONTROLS}


def held(app):
    """The keys of what stands in the box and in the link, and the box's button."""
    kinds = ("radio", "number_input", "toggle", "selectbox", "button_group", "button")
    return {
        element.key
        for kind in kinds
        for element in app.sidebar.get(kind)
        if element.key in SHARED or element.key == "defaults"
    }


@pytest.mark.parametrize("page", ["home", *settings.OF_PAGE])
def test_a_first_visit_is_not_given_what_nobody_has_opened(page):
    assert held(opened(page, {})) == set()


def test_what_was_opened_once_is_there_on_every_page():
    app = with_settings(opened("tensors", {}))
    assert held(app) == {*SHARED, "defaults"}
    app.session_state["settings_open"] = False
    assert held(app.run()) == {*SHARED, "defaults"}
    assert held(app.switch_page("app_pages/training_loop.py").run()) == {*SHARED, "defaults"}
    looks = held(app.switch_page("app_pages/words.py").run())
    assert looks == {"type_size", "letter_keys", "present"}


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("seed", "7"),
        ("word_marks", "false"),
        ("letter_keys", "false"),
        ("type_size", "large"),
        ("present", "on"),
    ],
)
def test_what_a_link_sets_is_drawn_and_stays_in_the_link(key, raw):
    app = opened("training_loop", {key: raw})
    assert held(app) == {*SHARED, "defaults"}
    assert as_text(app.session_state[key]) == raw
    assert app.query_params[key] == [raw] or app.query_params[key] == raw


@pytest.mark.parametrize("raw", ["inf", "", "-1", "x", "१", "1e400"])
def test_what_a_link_could_not_set_is_told_under_the_closed_box(raw):
    app = opened("training_loop", {"seed": raw})
    assert held(app) == {*SHARED, "defaults"}
    assert "`seed=" in said(app, "warning")


def test_what_a_press_elsewhere_sets_is_drawn():
    app = opened("training_loop", {"section": "4.2"})
    app.button(key="present_now").click().run()
    assert app.session_state["present"] == "on"
    assert "present" in held(app)
    app.button(key="present_leave").click().run()
    assert app.session_state["present"] == "off"
