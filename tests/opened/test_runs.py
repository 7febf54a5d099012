"""An opened script does what ``python SCRIPT`` does, to the letter, and is recorded."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from groundup.engine.trace import TraceLimits
from groundup.opened import LIMITS, OpenedFile, own_process
from groundup.ui.components import recordings
from tests.opened.counting import Counting

SCRIPTS = Path(__file__).parent / "scripts"


@pytest.fixture(scope="module")
def waiting():
    """The process that waits for the next run: one file hands it on to the next."""
    left = []
    yield left
    for process in left:
        process.close()


@pytest.fixture
def opened(monkeypatch, waiting):
    """``opened("train.py", "--epochs", "3")``, as from its own folder."""
    monkeypatch.chdir(SCRIPTS)
    files = []

    def at(name, *arguments):
        file = OpenedFile.at(name, arguments)
        file._waiting = waiting.pop() if waiting else None
        files.append(file)
        return file

    yield at
    waiting += [file._waiting for file in files if file._waiting]


def plain(name, *arguments):
    ran = subprocess.run(
        [sys.executable, name, *arguments],
        cwd=SCRIPTS,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    return ran.stdout


def lines(trace, name):
    """The lines of the moments in calls of the function ``name``."""
    return [one.line for one in trace.moments if one.call.scope.name == name]


@contextmanager
def ended_by(error):
    """What a page raises while it waits, as Streamlit does when its visitor presses Stop."""

    def raise_it(_, printed):
        if printed:
            raise error

    with pytest.raises(type(error)):
        yield raise_it


@pytest.fixture(scope="module")
def training_printed():
    return plain("train.py", "--epochs", "3", "--workers", "2")


def test_a_training_script_with_modules_data_and_loaders_prints_what_python_prints(
    opened, training_printed
):
    file = opened("train.py", "--epochs", "3", "--workers", "0")
    traced = file.trace(within=Counting)
    trace = traced.trace
    assert trace.output == training_printed
    assert "read 64 points of points.csv" in trace.output
    assert trace.end.state == "finished"
    assert trace.said == ()
    process, text, path = traced.diagnosis
    assert len(process - {os.getpid()}) == 1
    assert (text, path) == (trace.text, str(SCRIPTS / "train.py"))


def test_a_training_script_is_stepped_into_its_functions_with_its_workers_elsewhere(
    opened, training_printed
):
    trace = opened("train.py", "--epochs", "3", "--workers", "2").trace().trace
    assert trace.output == training_printed
    backward = 1 + trace.text.splitlines().index("        loss.backward()")
    # 48 points in batches of 8, three times.
    assert lines(trace, "train_epoch").count(backward) == 18
    last = trace.at(len(trace.moments) - 1)
    assert last.held("main").text == "main"
    (said,) = trace.said
    assert "workers of a DataLoader" in said


def test_whatever_prints_is_heard_and_counted_where_it_printed(opened):
    """Streams, processes, threads and what comes after the text's end."""
    trace = opened("odd.py").trace().trace
    assert trace.output == plain("odd.py")
    last = len(trace.text.splitlines())
    assert trace.end.words == f"Line {last} ended it with sys.exit('done — ✓')."
    heard = {one.line: trace.output[: one.printed] for one in trace.moments}
    line = 1 + trace.text.splitlines().index('print("no line end; ", end="")')
    assert heard[line].endswith("from another process\nno line end; ")
    assert trace.notices == ()


def test_what_another_module_raises_is_told_with_its_file_and_line(opened):
    trace = opened("stumbling.py").trace().trace
    assert trace.end.words.startswith(
        "Line 12 raised JSONDecodeError in parts/reader.py, line 7: Expecting property name"
    )
    assert trace.end.failure.line == trace.moments[-1].line == 12
    assert trace.output == plain("stumbling.py")
    assert f'File "{SCRIPTS / "parts" / "reader.py"}", line 7, in read' in trace.output


def test_a_statement_without_end_is_ended_and_what_came_before_it_is_there(opened):
    trace = opened("endless.py").trace(limits=TraceLimits(seconds=2.0)).trace
    assert trace.end.words == "The trace was ended: it had run for 2 seconds."
    assert trace.output == "it waits\n"
    assert [one.line for one in trace.moments][:2] == [3, 5]


def test_what_ends_the_process_is_said_and_what_it_printed_is_there(opened, monkeypatch):
    killed = opened("killed.py").trace().trace
    assert killed.end.state == "failed"
    assert "with signal 9 (Killed), as it does when memory runs out." in killed.end.words
    assert (killed.output, killed.moments) == ("still here\n", ())
    monkeypatch.setattr(own_process, "GRACE", 0.0)
    deaf = opened("deaf.py")
    with ended_by(InterruptedError("Stop")) as stop:
        deaf.trace(meanwhile=stop, limits=TraceLimits(seconds=60.0))
    trace = deaf.trace(limits=TraceLimits(seconds=2.0)).trace
    assert trace.end.state == "stopped"
    assert "after 2 seconds, in a statement that could not be interrupted" in trace.end.words
    assert trace.output == "deaf\n"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (3, "Its process ended itself, with exit status 3."),
        (0, "Its process ended itself, with exit status 0."),
        (-signal.SIGSEGV, "The system ended its process with signal 11 (Segmentation fault)."),
        (-signal.SIGRTMIN, f"with signal {signal.SIGRTMIN} ("),
    ],
)
def test_an_exit_status_is_put_into_words(status, said):
    assert said in own_process.crashed(status).words


def test_more_is_recorded_than_on_a_page_that_many_share():
    shared = recordings.LIMITS
    assert LIMITS.seconds >= 6 * shared.seconds
    assert min(LIMITS.moments / shared.moments, LIMITS.bytes / shared.bytes) >= 3
