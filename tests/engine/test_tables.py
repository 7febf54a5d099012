"""The table beside a lesson: a key that nobody reads, or of the wrong kind, is refused by name."""

import pytest

from groundup.engine import lesson

GOOD = """
[choices.bend]
default = "plain"
help = "how it bends"
[choices.bend.options.curved]
changes = [{ old = "y = x", new = "y = x**2" }]

[edits.slip]
title = "A slip"
unwrap = ["if x:"]
"""


@pytest.fixture
def loaded(tmp_path):
    """Load a lesson with a given table."""

    def load(table):
        (tmp_path / "sample.py").write_text("x = 2  # 1 to 3\ny = x\n")
        (tmp_path / "sample.toml").write_text(table)
        return lesson.load("sample", tmp_path)

    return load


def test_a_good_table_is_read(loaded):
    found = loaded(GOOD)
    assert found.set(bend="curved").text == "x = 2  # 1 to 3\ny = x**2\n"
    assert found.edits["slip"].unwrap == ("if x:",)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("[edits.slip]", "[edit.slip]", "edit is no known key; there may be: choices, edits"),
        (
            "title =",
            "titel =",
            "edits.slip.titel is no known key; there may be: title, needs, changes",
        ),
        ("title =", "titel =", "edits.slip.title is missing"),
        ("help =", "halp =", "choices.bend.halp is no known key; there may be: default, help"),
        ("old =", "ald =", "choices.bend.options.curved.changes[0].ald is no known key"),
        ('"A slip"', "3", "edits.slip.title must be a text, and is a whole number"),
        ('["if x:"]', '"if x:"', "edits.slip.unwrap must be a list, and is a text"),
        ('["if x:"]', "[true]", "edits.slip.unwrap[0] must be a text, and is true or false"),
        ("[edits.slip]", "[edits.slip", "is no TOML"),
    ],
)
def test_what_is_wrong_is_named_with_its_file_and_key(loaded, was, now, said):
    with pytest.raises(ValueError, match=r"^sample\.toml") as refused:
        loaded(GOOD.replace(was, now))
    assert said in str(refused.value)


def test_a_table_is_read_again_when_it_was_changed(loaded, tmp_path):
    assert loaded(GOOD).edits["slip"].title == "A slip"
    (tmp_path / "sample.toml").write_text(GOOD.replace("A slip", "Another slip"))
    assert lesson.load("sample", tmp_path).edits["slip"].title == "Another slip"
