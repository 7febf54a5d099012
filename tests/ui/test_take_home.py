"""What a learner takes home runs elsewhere and holds the numbers on the page."""

import csv
import io
import itertools
import random
import subprocess
import sys

import nbformat
import pytest
import torch

from groundup.__main__ import main
from groundup.engine import export, lesson, observe
from groundup.engine.highlight import highlight
from groundup.training.own_data import Points, with_points
from groundup.ui.components.code_panel import code_part
from groundup.ui.components.component import texts
from groundup.ui.components.onefile import MAX_BYTES, Part
from groundup.ui.components.take_home import playing

LOOP = lesson.load("training_loop")
CHANGED = LOOP.set(optimizer="Adam", epochs=60, seed=3).at_epoch(20, learning_rate=0.5)


@pytest.mark.parametrize("taken", [LOOP, CHANGED])
def test_the_script_prints_elsewhere_what_the_run_printed_here(taken, tmp_path):
    file = tmp_path / "taken.py"
    file.write_text(taken.text, "utf-8")
    done = subprocess.run(
        [sys.executable, file], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout == observe.run(taken.text).output


def test_the_table_holds_every_recorded_number_unrounded():
    run = observe.run(CHANGED.text)
    rows = list(csv.reader(io.StringIO(export.to_csv(run.columns, run.each_epoch))))
    assert rows[0] == ["epoch", "loss", "w", "b"]
    assert [float(row[2]) for row in rows[1:]] == list(run.columns["w"])


@pytest.mark.parametrize("name", lesson.names())
def test_the_notebook_is_valid_and_its_cells_are_the_text(name):
    text = lesson.load(name).text
    notebook = nbformat.reads(export.to_notebook(text), as_version=4)
    nbformat.validate(notebook)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    rest = text.split('"""', 2)[2] if text.startswith('"""') else text
    assert [x for x in code.splitlines() if x.strip()] == [
        x for x in rest.splitlines() if x.strip()
    ]


@pytest.mark.parametrize("name", lesson.names())
def test_colouring_changes_no_letter(name):
    text = lesson.load(name).text
    lines = ["".join(piece for _, piece in line) for line in highlight(text)]
    assert lines == text.splitlines()


def test_a_text_that_is_no_python_is_shown_uncoloured():
    assert highlight("x = (") == ((("", "x = ("),),)


def test_the_command_line_lists_shows_and_runs(capsys, tmp_path):
    assert main(["list"]) == 0
    assert "training_loop" in capsys.readouterr().out
    assert main(["show", "training_loop", "--set", "epochs=7", "--break", "uphill"]) == 0
    assert capsys.readouterr().out == LOOP.set(epochs=7).edit("uphill").text
    files = ["--csv", str(tmp_path / "n.csv"), "--ipynb", str(tmp_path / "n.ipynb")]
    assert main(["run", "training_loop", "--set", "optimizer=Adam", *files]) == 0
    assert capsys.readouterr().out == observe.run(LOOP.set(optimizer="Adam").text).output
    assert len((tmp_path / "n.csv").read_text().splitlines()) == 102
    nbformat.validate(nbformat.read(tmp_path / "n.ipynb", as_version=4))


def table_of(name, folder, *arguments):
    assert main(["run", name, *arguments, "--csv", str(folder / "n.csv")]) == 0
    with (folder / "n.csv").open() as file:
        return [{k: float(v) for k, v in row.items()} for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("name", "arguments", "rows"),
    [
        ("training_loop", ["--set", "epochs=30"], "epoch"),
        ("training_loop", ["--set", "epochs=30", "--break", "no_zero"], "epoch"),
        ("nn_module", ["--set", "epochs=30"], "epoch"),
        ("descend_line", ["--set", "steps=30"], "step"),
    ],
)
def test_a_row_of_the_command_lines_table_is_of_one_moment(name, arguments, rows, tmp_path):
    table = table_of(name, tmp_path, *arguments)
    assert [row[rows] for row in table] == list(range(31))
    examples = observe.run(LOOP.text).variables
    x, y = (examples[key].double().flatten().tolist() for key in ("X", "y_true"))
    for row in table:
        errors = [(row["w"] * a + row["b"] - c) ** 2 for a, c in zip(x, y, strict=True)]
        assert row["loss"] == pytest.approx(sum(errors) / len(errors), rel=1e-4)
    assert (table[0]["w"], table[0]["b"]) == (-1, 0)


def test_where_a_row_is_of_two_moments_its_columns_say_so(tmp_path):
    table = table_of("descend", tmp_path, "--set", "steps=5")
    assert list(table[0]) == ["step", "loss before it", "x after it", "y after it"]
    for row, later in itertools.pairwise(table):
        x, y = row["x after it"], row["y after it"]
        assert later["loss before it"] == pytest.approx(0.1 * x**2 + 10 * y**2)
    wave = table_of("train_ffn", tmp_path, "--set", "epochs=2")
    assert list(wave[0]) == ["epoch", "loss before its step"]
    assert list(table_of("network", tmp_path, "--set", "epochs=2")[0])[1].endswith("epoch's end")


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "nothing"],
        ["show", "training_loop", "--set", "learning_rate=-1"],
        ["show", "training_loop", "--set", "learning_rate"],
        ["show", "training_loop", "--set", "speed=1"],
        ["show", "training_loop", "--break", "everything"],
        ["run", "training_loop", "--csv", "/no/such/folder/n.csv"],
    ],
)
def test_a_wrong_command_ends_with_one_clear_line_and_status_2(arguments, capsys):
    assert main(arguments) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_run_that_fails_ends_with_torchs_own_words_and_status_1(capsys):
    assert main(["run", "training_loop", "--break", "no_backward"]) == 1
    assert "NoneType" in capsys.readouterr().err


def test_the_promise_of_a_script_is_kept_by_what_it_needs_and_what_it_prints():
    timing = lesson.load("time_ffn").set(widths=[64], tokens=[1], repeats=1)
    assert observe.run(timing.text).output != observe.run(timing.text).output
    assert "same numbers" not in export.promise(timing.text, [])
    assert "prints the same numbers with the same release" in export.promise(LOOP.text, [])
    assert observe.run(LOOP.text).output == observe.run(LOOP.text).output
    many = with_points(LOOP, Points(tuple(map(float, range(200))), (0.0, 1.0) * 100))
    said = export.promise(many.text, list(many.files))
    assert "It reads points.csv beside it" in said
    assert "by itself" not in said


def big(every):
    noise = random.Random(0).randbytes(700_000 // every).hex()
    return [Part("Code", texts("components/code"), {"noise": noise})]


def test_of_a_long_run_fewer_pictures_go_into_the_file():
    asked = []

    def parts(every):
        asked.append(every)
        return big(every)

    assert 200_000 < len(playing("long", parts, "")) <= MAX_BYTES
    assert asked == [1, 2, 4]


def test_a_run_that_fits_no_file_is_said_in_the_file():
    assert "too long for one file" in playing("long", lambda _: big(1), "")

    def refused(_):
        raise ValueError("no <room> now")

    assert "The page was not made: no &lt;room&gt; now." in playing("long", refused, "")


def test_a_file_names_the_versions_that_computed_it():
    file = playing("<b>", lambda _: [code_part("x = 1\n", name="code")], "javascript:alert(1)")
    assert f"PyTorch {torch.__version__.partition('+')[0]}, Python {sys.version.split()[0]}" in file
    assert "<title>&lt;b&gt;</title>" in file
    assert "javascript:alert" not in file
    assert len(file.encode()) < MAX_BYTES
