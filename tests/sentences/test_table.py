"""Every text of the app stands in a table, and what it claims has a test that tries it."""

import pytest

from tests.sentences.harvest import sentences
from tests.sentences.table import Row, rows

SAID, ROWS = sentences(), rows()


def test_every_text_of_the_app_is_listed_and_every_claim_is_tried():
    """``python -m tests.sentences`` prints the rows that are missing."""
    missing = [f"{maker} stands in no table" for maker in SAID if maker not in ROWS]
    stale = [f"{maker} says nothing any more" for maker in ROWS if maker not in SAID]
    faults = [f"{m}: {fault}" for m in SAID if m in ROWS for fault in ROWS[m].faults(SAID[m])]
    assert missing + stale + faults == []


@pytest.mark.parametrize(
    ("maker", "text"),
    [
        ("groundup/scale/sentences.py::diverged", "Diverged: these steps are too"),
        ("groundup/lessons/training/training_loop.toml::edits.no_zero", "Forget to zero the grad"),
        ("groundup/lessons/training/training_loop.py::comments", "how far each step goes"),
        ("groundup/lessons/scale/time_ffn.py::docstring", "forward and one backward pass"),
    ],
)
def test_texts_are_found_in_code_tables_comments_and_docstrings(maker, text):
    assert any(text in said for said in SAID[maker])


HERE = "tests/sentences/test_table.py::test_a_row_without_a_test_or_with_a_stale_text_is_refused"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (Row(["a is 3"], [], [HERE], "a = 4"), None),
        (Row([], ["a is 3"], [], ""), None),
        (Row(["a is 3"], [], [], ""), "claimed, and tried by no test: a is 3"),
        (Row(["a is 3"], [], [HERE + "_too"], "a = 4"), f"no such test: {HERE}_too"),
        (Row([], [], [], ""), "not listed: a is 3"),
        (Row([], ["a is 3", "b"], [], ""), "said no longer: b"),
    ],
)
def test_a_row_without_a_test_or_with_a_stale_text_is_refused(row, fault):
    assert row.faults(["a is 3"]) == ([fault] if fault else [])
