"""The learner's own points: what is read, what is refused and how, and the text they make."""

import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.engine import lesson, observe
from groundup.training import own_data
from groundup.training.own_data import Points
from groundup.training.session import Training

LOOP = lesson.load("training_loop")
FEW = Points((1.0, 2.0, 3.5), (2.0, 4.5, 7.0))
numbers = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    "raw",
    [
        b"1,2\n2,4.5\n3,7",
        b"x,y\r\n1,2\r\n2,4.5\r\n3,7\r\n",
        b"\xef\xbb\xbfx;y\n1;2\n2;4.5\n\n3;7\n",
    ],
)
def test_two_columns_are_read_with_names_or_without(raw):
    assert own_data.from_csv(raw) == Points((1, 2, 3), (2, 4.5, 7))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "at least 2 points"),
        (b"1,2", "at least 2 points"),
        (b"1,2\n2,abc\n3,4", "row 2, column y holds «abc»"),
        (b"x,y\n1,2\n,3", "row 3, column x is empty"),
        (b"1\n2\n3", "row 1 has 1 column"),
        (b"1,2\n3,4,5", "row 2 has 3 columns"),
        (b"2,1\n2,3\n2,5", "column x, rows 1 to 3"),
        (b"1,nan\n2,3", "row 1, column y"),
        (b"1,inf\n2,3", "row 1, column y"),
        (b"1,1e7\n2,3", "row 1, column y"),
        (b"1,2\n" * 5001, "more than 5,000 rows"),
        (b"1" * 1_000_001, "1.0 MB; 1 MB is the most"),
        (b"PK\x03\x04\x00\xff", "no text"),
    ],
)
def test_what_cannot_be_used_is_answered_by_row_and_column(raw, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        own_data.from_csv(raw)


@given(st.binary(max_size=200) | st.text("0123456789.,;\n\t \"'xe+-", max_size=200).map(str.encode))
@settings(max_examples=500, deadline=None)
def test_any_file_is_read_or_refused_with_a_sentence(raw):
    try:
        points = own_data.from_csv(raw)
    except ValueError:
        return
    assert len(points.x) == len(points.y) >= 2
    assert own_data.from_csv(own_data.to_csv(points).encode()) == points


@given(
    st.lists(st.tuples(numbers, numbers), min_size=2, max_size=120).filter(
        lambda rows: len({x for x, _ in rows}) > 1
    )
)
@settings(max_examples=15, deadline=None)
def test_a_lesson_learns_from_the_very_points(rows):
    points = Points(*map(tuple, zip(*rows, strict=True)))
    training = Training(own_data.with_points(LOOP.set(epochs=1), points))
    assert training.setting.x == pytest.approx(points.x)
    assert training.setting.y == pytest.approx(points.y)


@pytest.mark.parametrize("row", [{"x": None, "y": 2}, {"x": 1, "y": float("nan")}])
def test_a_table_with_a_hole_is_refused_and_an_empty_row_is_none(row):
    full = [{"x": 1, "y": 2}, {"x": 2, "y": 3}, {"x": None, "y": None}]
    assert own_data.from_table(full) == Points((1, 2), (2, 3))
    with pytest.raises(ValueError, match=r"row 4, column . is empty"):
        own_data.from_table([*full, row])


@pytest.mark.parametrize("count", [3, 2000])
@pytest.mark.parametrize("name", ["training_loop", "by_hand"])
def test_the_text_runs_by_itself_with_its_file_beside_it(name, count, tmp_path):
    # On no line: the least possible loss of points on one is rounding, which no two runs share.
    y = tuple(n * n % 7 / 5 for n in range(count))
    points = Points(tuple(n / 1000 for n in range(count)), y)
    own = own_data.with_points(lesson.load(name), points)
    (tmp_path / "taken.py").write_text(own.text)
    for file, text in own.files.items():
        (tmp_path / file).write_text(text)
    done = subprocess.run(
        [sys.executable, "taken.py"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == observe.Run(own.text, files=own.files).finish().output


def test_every_mistake_and_every_optimizer_fit_own_points():
    own = own_data.with_points(LOOP, FEW)
    for optimizer in LOOP.parameters["optimizer"].options:
        for edit in [name for name, e in LOOP.edits.items() if e.notes["kind"] != "twin"]:
            broken = own.set(optimizer=optimizer, epochs=2).edit(edit)
            assert observe.run(broken.text).state in {"done", "failed"}


def test_a_text_with_files_opens_no_others():
    run = observe.Run('open("/etc/passwd")', files={"points.csv": "1,2\n"}).finish()
    assert run.failure.kind == "FileNotFoundError"
