"""What is done once where Streamlit does it in each run says what Streamlit says."""

import inspect

import pytest
from streamlit import config
from streamlit.components.v2.bidi_component import main as components
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session
from streamlit.runtime.state import SafeSessionState

from groundup.ui.shell import sparing
from groundup.ui.shell.sparing import Held, fill_theme, presenter


def themed(fill):
    theme = ForwardMsg().new_session.custom_theme
    for message, section in (
        (theme, "theme"),
        (theme.light, "theme.light"),
        (theme.dark, "theme.dark"),
        (theme.sidebar, "theme.sidebar"),
        (theme.light.sidebar, "theme.light.sidebar"),
        (theme.dark.sidebar, "theme.dark.sidebar"),
    ):
        fill(message, section)
    return theme


@pytest.fixture
def other_settings():
    """Settings with a theme of their own, read anew as from a file that has changed."""

    def put(colour):
        config.get_config_options(force_reparse=True)
        config.set_option("theme.light.primaryColor", colour)

    before = config.get_option("theme.light.primaryColor")
    yield put
    config.get_config_options(force_reparse=True)
    assert config.get_option("theme.light.primaryColor") == before, "other tests see this one's"


def test_the_theme_is_that_of_the_settings_and_of_those_that_are_read_anew(other_settings):
    assert themed(fill_theme).light.primary_color == "#b8420f"
    assert themed(fill_theme) == themed(sparing._theme)
    other_settings("#123456")
    assert themed(fill_theme).light.primary_color == "#123456"
    assert themed(fill_theme) == themed(sparing._theme)


def test_the_theme_is_read_once(monkeypatch):
    themed(fill_theme)
    monkeypatch.setattr(sparing, "_theme", None)
    assert themed(fill_theme).dark.text_color == "#eef2f7"


@pytest.mark.parametrize("page", ["tensors", "training_loop", "computation_graph"])
def test_what_a_session_holds_is_found_as_streamlit_finds_it(page, visit):
    state = visit(page).session_state._state
    held, all_of_it = Held(state), state._state.filtered_state
    assert isinstance(SafeSessionState.filtered_state.fget(state), Held)
    assert {key: held[key] for key in held} == all_of_it
    assert len(held) == len(all_of_it) > 10
    assert all(key in held for key in all_of_it)
    assert "nowhere" not in held


class Told:
    def __init__(self, value):
        self.value = value


class State:
    """As much of a session's state as a component's value is shown with."""

    def __init__(self, **told):
        self._new_widget_state = self
        self.states = {name: Told(value) for name, value in told.items()}
        self.widget_metadata = {"events": self}
        self.value_type = "json_trigger_value"

    def __getitem__(self, name):
        return self.states[name].value


def test_streamlit_asks_for_it_again_for_each_box_and_for_each_component(visit, monkeypatch):
    visit("home")  # which puts ours in their place, once
    asked, shown = [], []
    monkeypatch.setattr(
        SafeSessionState, "filtered_state", property(lambda state: asked.append(1) or Held(state))
    )
    monkeypatch.setattr(
        components,
        "make_bidi_component_presenter",
        lambda *about: shown.append(about) or presenter(*about),
    )
    app = visit("training_loop")
    boxes = (*app.number_input, *app.text_input, *app.selectbox)
    assert len(asked) >= len(boxes) > 5
    assert len(shown) == len(app.get("bidi_component")) > 5


def test_streamlit_fills_in_the_theme_for_each_of_six_sections_in_each_run():
    begun = inspect.getsource(app_session.AppSession._create_new_session_message)
    assert begun.count(f"{sparing._theme.__name__}(") == 6


def test_a_component_shows_its_value_and_what_it_triggered():
    show, value = presenter("events", "the_component", {"at"}), {"at": 3}
    assert show(value, State()) is value
    assert show(value, State(events=None)) is value
    shown = show(value, State(events=[{"event": "line", "value": 5}]))
    assert shown == {"at": 3, "line": 5}
    assert type(shown) is not dict, "Streamlit's own, which can be written to"
    assert type(shown) is not type(show(value, State(events=[{"event": "line"}]))), "a class anew"
