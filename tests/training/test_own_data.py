"""The learner's own points: what is read, what is refused and how, and the text they make."""

import math
import subprocess
import sys
from dataclasses import replace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.engine import lesson, observe
from groundup.training import cells, own_data, standardising, table_file
from groundup.training.own_data import Points
from groundup.training.session import Training

LOOP = lesson.load("training_loop")
FEW = Points((1.0, 2.0, 3.5), (2.0, 4.5, 7.0))
numbers = st.floats(-1e12, 1e12)


@given(
    st.lists(st.tuples(numbers, numbers), min_size=2, max_size=120).filter(
        lambda rows: len({x for x, _ in rows}) > 1
    ),
    st.booleans(),
)
@settings(max_examples=15, deadline=None)
def test_a_lesson_learns_from_the_very_points(rows, standardised):
    points = Points(*map(tuple, zip(*rows, strict=True)), standardised=standardised)
    training = Training(own_data.with_points(LOOP.set(epochs=1), points))
    assert own_data.same(points, training.setting.x, training.setting.y)
    if not standardised:
        assert training.setting.x == pytest.approx(points.x)
        assert training.setting.y == pytest.approx(points.y)


@pytest.mark.parametrize("row", [{"x": None, "y": 2}, {"x": 1, "y": float("nan")}])
def test_a_table_with_a_hole_is_refused_and_an_empty_row_is_none(row):
    full = [{"x": 1, "y": 2}, {"x": 2, "y": 3}, {"x": None, "y": None}]
    assert own_data.from_table(full) == Points((1, 2), (2, 3))
    with pytest.raises(ValueError, match=r"row 4, column . is empty"):
        own_data.from_table([*full, row])


def test_the_text_runs_by_itself_with_its_file_beside_it(tmp_path):
    """In one process for all, since torch takes seconds to import; each in a folder of its own."""
    kinds = [("training_loop", False), ("training_loop", True), ("by_hand", True)]
    here = []
    for number, (name, standardised, count) in enumerate((*k, n) for k in kinds for n in (3, 2000)):
        # On no line: the least loss of points on one is rounding, which no two runs share.
        y = tuple(n * n % 7 / 5 for n in range(count))
        points = Points(tuple(n / 1000 for n in range(count)), y, standardised=standardised)
        own = own_data.with_points(lesson.load(name), points)
        folder = tmp_path / str(number)
        folder.mkdir()
        for file, text in {"taken.py": own.text, **own.files}.items():
            (folder / file).write_text(text)
        here.append(observe.Run(own.text, files=own.files).finish().output)
    done = subprocess.run(
        [sys.executable, "-c", EACH], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\f") == [*here, ""]


EACH = """
import os, runpy
here = os.getcwd()
for folder in sorted(os.listdir(here)):
    os.chdir(os.path.join(here, folder))
    runpy.run_path("taken.py", run_name="__main__")
    print("\\f", end="")
"""


@pytest.mark.parametrize("standardised", [False, True])
def test_every_mistake_and_every_optimizer_fit_own_points(standardised):
    own = own_data.with_points(LOOP, replace(FEW, standardised=standardised))
    for optimizer in LOOP.parameters["optimizer"].options:
        for edit in [name for name, e in LOOP.edits.items() if e.notes["kind"] != "twin"]:
            broken = own.set(optimizer=optimizer, epochs=2).edit(edit)
            assert observe.run(broken.text).state in {"done", "failed"}


def test_a_text_with_files_opens_no_others():
    run = observe.Run('open("/etc/passwd")', files={"points.csv": "1,2\n"}).finish()
    assert run.failure.kind == "FileNotFoundError"


def test_a_name_from_a_file_stays_in_its_comment():
    """What stands in a file is text, and none of it is run."""
    names = (cells.label("x\nraise SystemExit"), cells.label("y\u2028import os"))
    text = own_data.with_points(LOOP, replace(FEW, names=names)).text
    assert "# Your own points: x is x raise SystemExit, y is y import os\n" in text
    assert observe.run(text).state == "done"


# The scale of the numbers

YEARS = tuple(float(year) for year in range(2001, 2011))
GROWN = Points(YEARS, tuple(2 * year - 3990 for year in YEARS))


@pytest.mark.parametrize("rate", [1e-4, 0.1, 10.0])
def test_years_diverge_at_every_allowed_rate_and_the_page_says_why(rate):
    assert "diverges with every learning rate above 2.486e-07" in standardising.why(GROWN, LOOP)
    run = observe.run(own_data.with_points(LOOP.set(learning_rate=rate), GROWN).text)
    assert not math.isfinite(run.columns["loss"][-1])


def test_standardised_the_line_of_the_years_is_told_in_years():
    """x = 2001 … 2010, y = 2x − 3990: w = 2 and b = −3990 at the settings that stand there."""
    points = replace(GROWN, standardised=True)
    assert standardising.why(points, LOOP) == ""
    run = observe.run(own_data.with_points(LOOP, points).text)
    assert run.output.endswith("In the data's own units: w: 2, b: -3990\n")
    said = standardising.told_back(points, run.variables)
    assert "w = **2**, b = **−3990**; least squares gives w = 2, b = −3990" in said


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (lambda n: 1.6e9 + 60 * n, lambda n: 3 + (n * 7 % 5)),
        (lambda n: 1e-6 * n, lambda n: 5e9 - 4e6 * n + 1e5 * (n % 3)),
        (lambda n: 12_000 + 437 * n, lambda n: 0.001 * (n * n % 11)),
        (lambda n: 3e11 + 1e9 * n, lambda n: 7.0),
    ],
    ids=["seconds", "small", "prices", "constant"],
)
def test_standardised_every_scale_comes_out_as_least_squares(x, y):
    rows = range(150)
    points = Points(tuple(map(x, rows)), tuple(float(y(n)) for n in rows), standardised=True)
    own = own_data.with_points(LOOP, points)
    run = observe.Run(own.text, files=own.files).finish()
    slope, intercept = torch.linalg.lstsq(
        torch.tensor([[a - points.x[0], 1.0] for a in points.x], dtype=torch.float64),
        torch.tensor(points.y, dtype=torch.float64).unsqueeze(1),
        driver="gelsd",
    ).solution.flatten()
    # A slope of zero is one whose line stays level, up to rounding, from end to end.
    level = 1e-4 * max(map(abs, points.y)) / (max(points.x) - points.x[0])
    assert run.variables["slope"] == pytest.approx(slope.item(), rel=1e-4, abs=1e-4 * level)
    at_start = run.variables["slope"] * points.x[0] + run.variables["intercept"]
    assert at_start == pytest.approx(intercept.item(), rel=1e-4)
    best = standardising.least_squares(points)
    assert best[0] == pytest.approx(slope.item(), rel=1e-6, abs=1e-4 * level)


@pytest.mark.parametrize(
    ("points", "says"),
    [
        (FEW, ""),
        (Points((2e9, 2e9 + 1), (1.0, 2.0)), "differ by less than a float32 can hold"),
        (Points((10.0, 10.1, 10.2), (1.0, 2.0, 3.0)), "2,000 is the most"),
    ],
)
def test_only_a_scale_that_no_setting_copes_with_demands_standardising(points, says):
    reason = standardising.why(points, LOOP)
    assert says in reason
    assert bool(says) == bool(reason)


def test_least_squares_of_tiny_differences_is_a_line_too():
    found = standardising.least_squares(Points((1e-300, 2e-300), (1e-300, 3e-300)))
    assert found == pytest.approx((2, -1e-300))


def test_what_a_run_has_not_told_back_is_not_said():
    own = own_data.with_points(LOOP.set(epochs=1), FEW)
    assert standardising.told_back(FEW, observe.run(own.text).variables) == ""


def written(names, line, count):
    """A file of ``count`` rows: ``line`` with the numbers of each row in."""
    return "\n".join([names, *(line(n) for n in range(1, count + 1))])


FILES = {
    "weather": written("celsius;sales", lambda n: f"{n % 23 - 5};{40 + 3 * (n % 23) + n % 5}", 60),
    "adverts": written(",TV,radio,Sales", lambda n: f"{n},{3.7 * n},1,{7 + n / 20 + n % 3}", 90),
    "prices": written("date,close", lambda n: f'2021-03-{n:02},"${1000 + 9 * n + n % 4}"', 30),
    "small": "a\tb\n0,001\t1,5\n0,002\t1,9\n0,004\t2,4\nNA\t3\n",
}


@pytest.mark.parametrize("raw", FILES.values(), ids=FILES)
def test_files_train_to_the_best_line_at_the_settings_suggested(raw):
    table = table_file.read(raw.encode())
    points = table.points(*table.suggested())
    points = replace(points, standardised=bool(standardising.why(points, LOOP)))
    rate, epochs = standardising.settings(points)
    at = {} if points.standardised else {"learning_rate": rate, "epochs": epochs}
    run = observe.run(own_data.with_points(LOOP.set(**at), points).text)
    w, b = run.variables["w"].item(), run.variables["b"].item()
    found = (run.variables["slope"], run.variables["intercept"]) if points.standardised else (w, b)
    assert found == pytest.approx(standardising.least_squares(points), rel=1e-4)
    if not points.standardised:
        assert f"a learning rate of {rate:g} in {epochs:,} epochs" in standardising.advice(points)
