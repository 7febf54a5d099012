"""Changes of a text: each finds its place exactly once, or refuses."""

import ast

import pytest

from groundup.engine import edits, lesson
from groundup.engine.observe import run
from groundup.engine.text import line_of

TEXT = "import torch\n\n# Data\nx = 1\ny = 2\n\n# Model\nz = x\n"


def test_a_passage_is_replaced_where_it_stands_once():
    assert edits.replace_once(TEXT, "x = 1", "x = 3") == TEXT.replace("x = 1", "x = 3")
    assert edits.insert_before(TEXT, "y = 2", "w = 0\n") == TEXT.replace("y = 2", "w = 0\ny = 2")
    assert edits.insert_after(TEXT, "y = 2\n", "w = 0\n") == TEXT.replace("2\n", "2\nw = 0\n")


@pytest.mark.parametrize(
    ("passage", "said"),
    [("q = 1", "not at all: 'q = 1'"), (" = ", "3 times: ' = '"), ("", "must stand exactly once")],
)
def test_a_passage_that_does_not_stand_once_is_refused_and_shown(passage, said):
    with pytest.raises(ValueError, match="exactly once") as refused:
        edits.replace_once(TEXT, passage, "")
    assert said in str(refused.value)


def test_a_block_ends_at_its_blank_line_or_with_the_text():
    assert edits.block(TEXT, "# Data") == "# Data\nx = 1\ny = 2\n"
    assert edits.block(TEXT, "# Model") == "# Model\nz = x\n"
    assert edits.replace_block(TEXT, "# Data", "# None\n") == TEXT.replace(
        "# Data\nx = 1\ny = 2\n", "# None\n"
    )
    assert edits.replace_block(TEXT, "# Model", "") == TEXT[: TEXT.index("# Model")]
    with pytest.raises(ValueError, match="not at all"):
        edits.block(TEXT, "# Loss")


def test_a_literal_is_set_in_the_parameter_block_alone():
    text = 'size = 3  # cells\nname = "e"  # a name\nprint(size)\nsize = 3\n'
    assert edits.set_literals(text, {"size": "[1, 2]", "name": '"o"'}) == (
        'size = [1, 2]  # cells\nname = "o"  # a name\nprint(size)\nsize = 3\n'
    )
    with pytest.raises(ValueError, match="no parameter called 'depth'"):
        edits.set_literals(text, {"depth": "1"})


def test_a_line_is_found_by_what_stands_on_it():
    assert line_of("y = 2", TEXT) == 5
    assert line_of("\n\n# Model", TEXT) == 7
    assert lesson.load("training_loop").line_of("loss.backward()") == (
        lesson.load("training_loop").text.split("\n").index("    loss.backward()") + 1
    )
    with pytest.raises(ValueError, match="3 times"):
        line_of(" = ", TEXT)


def test_a_text_is_parsed_once_for_its_parameters_its_lines_and_its_run(monkeypatch):
    parse, seen = ast.parse, []

    def counted(text, *given, **named):
        seen.append(text)
        return parse(text, *given, **named)

    monkeypatch.setattr(ast, "parse", counted)
    # A text that nothing else has asked for, as texts that were parsed are kept.
    planned = lesson.load("training_loop").set(epochs=3, noise=0.1234).at_epoch(1, learning_rate=1)
    finished = run(planned.text)
    assert finished.state == "done"
    assert finished.columns
    run(planned.text)
    assert seen.count(planned.text) == 1
    assert len(seen) == len(set(seen))
