"""The controls of all pages together."""

from collections import Counter

from groundup.ui.settings import ALL


def test_a_name_in_a_link_means_one_control():
    keys = Counter(control.key for control in ALL)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_default_would_be_accepted_from_a_link():
    shown = {c.key: str(c.default).lower() if c.kind == "switch" else str(c.default) for c in ALL}
    assert {c.key: c.refusal(shown[c.key]) for c in ALL if c.refusal(shown[c.key])} == {}
