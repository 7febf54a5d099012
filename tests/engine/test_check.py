"""``python -m groundup check``: what is wrong with a lesson or its table, one clear line each."""

import pytest

from groundup.__main__ import main

TEXT = '''\
"""A sample.

Records after step 2: y
"""

epochs = 5  # how often: 1 to 10
seed = 0  # which numbers: 0 to 9

# 1. Double
x = 2 * seed

# 2. Add
y = x + 1
for epoch in range(epochs):
    z = y
'''

TABLE = """
[choices.adding]
default = "plain"
help = "how it is added"
[choices.adding.options.minus]
changes = [{ old = "x + 1", new = "x - 1" }]
[choices.adding.options.broken]
raises = "ZeroDivisionError"
changes = [{ old = "x + 1", new = "x / 0" }]

[edits.slip]
title = "A slip"
needs = { adding = "minus" }
changes = [{ old = "x - 1", new = "x - 2" }]
"""

MISTAKE = """
title = "Divide by nothing"
promise = "error"
meaning = "There is no such number."
[edits.fix]
title = "Divide by one"
changes = [{ old = "1 / 0", new = "1 / 1" }]
"""

EXEMPT = 'without_control = ["adding"]\n'


@pytest.fixture
def checked(tmp_path, capsys):
    """Check a lesson with this text and table; give the exit status and the lines that it says."""

    def check(text, table, topic="topic", asked="sample"):
        folder = tmp_path / topic
        folder.mkdir(parents=True)
        (folder / "sample.py").write_text(text)
        (folder / "sample.toml").write_text(table)
        status = main(["check", asked, "--folder", str(tmp_path)])
        return status, capsys.readouterr().out.splitlines()

    return check


def test_a_good_lesson_has_nothing_wrong(checked):
    assert checked(TEXT, EXEMPT + TABLE) == (0, ["1 checked, nothing is wrong."])


@pytest.mark.parametrize(
    ("was", "now", "line"),
    [
        (
            "seed = 0",
            "seed = 12",
            "sample.py, line 7: seed = 12 is not allowed: it must be a whole number from 0 to 9.",
        ),
        ("x = 2 * seed", "x = (2", "sample.py, line 10: no Python: '(' was never closed."),
        (
            "step 2:",
            "step 4:",
            "sample.py: y is to be recorded after step 4, and the text has no such step.",
        ),
        (
            "x = 2 * seed",
            "x = 2 * sead",
            "sample.py: the text does not run: "
            "line 10 raises NameError: name 'sead' is not defined.",
        ),
        (
            "seed = 0",
            "luck = 0  # none: 0 to 9\nseed = 0",
            "sample.py: no control sets luck; declare one, or name it in without_control.",
        ),
    ],
)
def test_what_is_wrong_with_a_text_is_said(checked, was, now, line):
    status, said = checked(TEXT.replace(was, now), EXEMPT + TABLE)
    assert status == 1
    assert said[0] == line


@pytest.mark.parametrize(
    ("was", "now", "line"),
    [
        (
            "[edits.slip]",
            "[edit.slip]",
            "sample.toml: edit is no known key; there may be: choices, edits, without_control.",
        ),
        (
            'title = "A slip"',
            "title = 3",
            "sample.toml: edits.slip.title must be a text, and is a whole number.",
        ),
        ('help = "how it is added"\n', "", "sample.toml: choices.adding.help is missing."),
        ("[choices.adding]", "[choices.adding", "sample.toml is no TOML: "),
        (
            'old = "x - 1"',
            'old = "x - 9"',
            "sample.py: slip cannot be applied here: a passage must stand exactly once in this "
            "text, and stands there not at all: 'x - 9'.",
        ),
        (
            'old = "x + 1", new = "x - 1"',
            'old = "x", new = "u"',
            "sample.py: minus cannot be applied here: a passage must stand exactly once in this "
            "text, and stands there ",
        ),
        (
            'new = "x - 2"',
            'new = "x -"',
            "sample.py: slip leaves no Python behind: line 13: invalid syntax.",
        ),
        (
            'needs = { adding = "minus" }\n',
            "",
            "sample.py: slip cannot be applied here: a passage must stand exactly once in this "
            "text, and stands there not at all: 'x - 1'.",
        ),
        (
            'raises = "ZeroDivisionError"\n',
            "",
            "sample.py: with adding = 'broken' the text does not run: "
            "line 13 raises ZeroDivisionError: division by zero.",
        ),
        (
            "x / 0",
            "x / 1",
            "sample.py: with adding = 'broken' the text should raise ZeroDivisionError, "
            "and nothing came.",
        ),
        (
            EXEMPT,
            "",
            "sample.py: no control sets adding; declare one, or name it in without_control.",
        ),
        (
            EXEMPT,
            'without_control = ["adding", "gone"]\n',
            "sample.py: without_control names gone, which is no parameter.",
        ),
        (
            EXEMPT,
            'without_control = ["adding", "seed"]\n',
            "sample.py: without_control names seed, which has a control.",
        ),
    ],
)
def test_what_is_wrong_with_a_table_is_said(checked, was, now, line):
    status, said = checked(TEXT, (EXEMPT + TABLE).replace(was, now))
    assert status == 1
    assert said[0].startswith(line)


@pytest.mark.parametrize(
    ("was", "now", "line"),
    [
        (
            'promise = "error"',
            'promise = "silence"',
            "sample.py: it promises silence, and running it leads to error.",
        ),
        (
            'promise = "error"',
            'promise = "eror"',
            "sample.py: promise is 'eror'; it must be one of error, warning, silence.",
        ),
        (
            "1 / 1",
            "2 / 0",
            "sample.py: the fix does not run: line 1 raises ZeroDivisionError: division by zero.",
        ),
        ("[edits.fix]", "[edits.cure]", "sample.toml: edits.fix is missing."),
    ],
)
def test_what_is_wrong_with_a_mistake_is_said(checked, was, now, line):
    assert checked("1 / 0\n", MISTAKE.replace(was, now), "mistakes/topic") == (1, [line])


def test_a_good_mistake_has_nothing_wrong(checked):
    assert checked("1 / 0\n", MISTAKE, "mistakes/topic")[0] == 0


def test_a_table_without_a_lesson_is_told_among_all(checked, tmp_path):
    (tmp_path / "alone.toml").write_text("")
    assert checked(TEXT, EXEMPT + TABLE, asked="--all") == (
        1,
        ["alone.toml: there is no alone.py beside it."],
    )


def test_an_unknown_name_is_refused(capsys):
    assert main(["check", "trianing_loop"]) == 2
    assert "there is no lesson called 'trianing_loop'" in capsys.readouterr().err


def test_nothing_is_wrong_with_any_lesson_or_mistake(capsys):
    status = main(["check", "--all"])
    assert (status, capsys.readouterr().out.splitlines()[1:]) == (0, [])
