"""Segments that show plainer names than the options which stand in links."""

import pytest

from groundup.ui import settings
from groundup.ui.controls.widgets import declared
from tests.hosting.hostile import opened

NAMED = {
    control.key: page
    for page, controls in settings.OF_PAGE.items()
    for control in controls
    if control.names
}
WHERE = {"about": {"look_at": "Why float32?"}, "bridge": {"look_at": "NumPy"}}


def test_names_are_of_options_and_no_two_are_alike():
    assert set(NAMED) >= {"autograd", "scale", "topic"}
    for key in NAMED:
        control = declared()[key]
        assert control.kind == "segments"
        assert set(control.names) <= set(control.options)
        shown = [control.shown(option) for option in control.options]
        assert len(set(shown)) == len(shown)


@pytest.mark.parametrize("key", sorted(NAMED))
def test_a_link_and_a_press_on_a_name_mean_the_option(key):
    control = declared()[key]
    option = next(iter(control.names))
    app = opened(NAMED[key], WHERE.get(key, {}) | {key: option})
    assert not app.exception
    assert not app.warning
    named = app.segmented_control(key=f"{key}_named")
    assert control.shown(option) in named.options
    assert named.value == app.session_state[key] == option
    other = next(one for one in control.options if one != option)
    named.set_value(other).run()
    assert not app.exception
    assert app.session_state[key] == other


def test_a_forged_press_changes_nothing():
    app = opened("ffn_scale", {"scale": "Dial it"})
    app.session_state["scale_named"] = "nonsense"
    app.run()
    assert not app.exception
    assert app.session_state["scale"] == "Dial it"
