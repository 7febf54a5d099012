"""The sidebar: which widgets the link holds; and Defaults, every setting and nothing else."""

import re

import pytest

from groundup.ui import settings
from groundup.ui.controls.widgets import declared
from groundup.ui.training.state import TrainingState
from tests.hosting.hostile import opened
from tests.pages import state_of, with_settings


def _moved(control):
    """An allowed value of ``control`` beside its default, as a link writes it."""
    if control.options:
        return next(one for one in (*control.options, control.default) if one != control.default)
    if isinstance(control.default, bool):
        return str(not control.default).lower()
    return None


FOLLOWS = re.compile(r".*_(stop|named)|ratio|classic|(learns|slider)_.*|no_(cuda|mps)")
"""Widgets that move a control, or cannot be moved."""
NOT_HELD = re.compile(r"guess.*|predict_.*|error|statement|pinned|settings_open|.*_told")
"""What the sidebar says that a link does not hold; the sidebar's own box, and those of details."""


def _widgets(block):
    for child in getattr(block, "children", {}).values():
        if getattr(child, "key", None) and hasattr(child.proto, "query_param_key"):
            yield child.key, child.proto.query_param_key
        yield from _widgets(child)


@pytest.mark.parametrize("page", settings.OF_PAGE)
def test_every_setting_of_a_page_stands_as_at_first_and_the_section_stays_open(page):
    section = next(one for one in settings.OF_PAGE[page] if one.key in settings.SECTIONS)
    for opens in section.options:
        moved = {c.key: _moved(c) for c in settings.OF_PAGE[page] if c.kind != "device"}
        link = {key: one for key, one in moved.items() if one} | {section.key: opens, "seed": "7"}
        app = opened(page, link)
        assert app.session_state["seed"] == 7
        for key, in_link in _widgets(app._tree):
            if key in declared():
                assert in_link == key
            else:
                assert FOLLOWS.fullmatch(key) or NOT_HELD.fullmatch(key), key
        app.button(key="defaults").click().run()
        assert not app.exception
        assert app.session_state[section.key] == opens
        held = {c.key: c for c in settings.OF_PAGE[page] if c.key in app.session_state}
        still = {
            key
            for key, one in held.items()
            if app.session_state[key] not in (one.widget_default, None)
        }
        assert still <= {section.key}
        assert app.session_state["seed"] == 0


def test_runs_pins_and_own_points_stay():
    link = {"lr": "0.2", "lab": "Compare", "own_points": "1 3, 2 4"}
    app = opened("training_loop", link)
    state = state_of(app, TrainingState)
    with_settings(app)
    app.button(key="train").click().run()
    app.button(key="pin").click().run()
    run = state.training.run
    app.button(key="defaults").click().run()
    assert app.session_state["lr"] == 0.1
    assert state.training.run is run
    assert len(state.run_table.runs) == 1
    assert app.session_state["own_points"] == "1 3, 2 4"


def test_the_first_page_has_nothing_to_restore():
    app = with_settings(opened("home", {}))
    assert app.toggle(key="letter_keys").value
    assert "defaults" not in {button.key for button in app.button}
