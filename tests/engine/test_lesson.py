"""Lessons: read, set, edited; the text is the only version there is."""

import ast
import subprocess
import sys

import pytest

from groundup.engine import lesson, observe
from groundup.engine.edits import Edit
from groundup.engine.text import epoch_loop

LOOP = lesson.load("training_loop")


def lesson_file(name):
    (found,) = lesson.LESSONS.glob(f"*/{name}.py")
    return found


MISTAKES = [name for name, edit in LOOP.edits.items() if edit.notes["kind"] != "twin"]


@pytest.mark.parametrize("name", lesson.names())
def test_setting_nothing_gives_the_file_byte_for_byte(name):
    assert lesson.load(name).set().text.encode() == lesson_file(name).read_bytes()


def test_setting_a_parameter_changes_its_literal_and_nothing_else():
    before, after = LOOP.text.splitlines(), LOOP.set(learning_rate=0.0845).text.splitlines()
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert [b for _, b in changed] == [
        "learning_rate = 0.0845  # how far each step goes: 0.0001 to 10"
    ]


def test_a_comment_keeps_its_column_while_there_is_room():
    line = next(x for x in LOOP.set(epochs=2000).text.splitlines() if x.startswith("epochs"))
    assert line.index("#") == LOOP.text.splitlines()[8].index("#")


def test_parameters_are_read_from_the_text():
    rate = LOOP.parameters["learning_rate"]
    assert (rate.default, rate.low, rate.high) == (0.1, 0.0001, 10.0)
    assert LOOP.parameters["device"].options == ("cpu", "cuda", "mps")
    assert LOOP.parameters["optimizer"].options[1:] == ("momentum", "RMSprop", "Adam")


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("learning_rate", -1, "a number from 0.0001 to 10"),
        ("learning_rate", float("nan"), "a number from 0.0001 to 10"),
        ("learning_rate", True, "a number from 0.0001 to 10"),
        ("learning_rate", "0.1", "a number from 0.0001 to 10"),
        ("epochs", 0, "a whole number from 1 to 2000"),
        ("epochs", 10_000_000, "a whole number from 1 to 2000"),
        ("epochs", 1.5, "a whole number from 1 to 2000"),
        ("device", "tpu", "one of cpu, cuda, mps"),
        ("optimizer", "evil", "one of gradient descent, momentum, RMSprop, Adam"),
    ],
)
def test_a_refused_value_is_answered_by_name_value_and_what_is_allowed(name, value, allowed):
    with pytest.raises(ValueError, match=name) as refused:
        LOOP.set(**{name: value})
    assert repr(value) in str(refused.value) or str(float(value)) in str(refused.value)
    assert allowed in str(refused.value)


def test_an_unknown_parameter_edit_or_lesson_is_answered_by_those_there_are():
    with pytest.raises(ValueError, match="learning_rate, epochs"):
        LOOP.set(lr=0.1)
    with pytest.raises(ValueError, match="no_zero"):
        LOOP.edit("nothing")
    with pytest.raises(ValueError, match="training_loop"):
        lesson.load("../secrets")


@pytest.mark.parametrize("optimizer", LOOP.parameters["optimizer"].options)
@pytest.mark.parametrize("edit", MISTAKES)
def test_every_edit_fits_every_optimizer_and_marks_its_lines(optimizer, edit):
    broken = LOOP.set(optimizer=optimizer).edit(edit)
    lines = broken.text.splitlines()
    assert broken.marked_lines
    unmarked = [line for n, line in enumerate(lines, 1) if n not in broken.marked_lines]
    healthy = iter(broken.healthy_text.splitlines())
    assert all(line in healthy for line in unmarked), "in their order, they are the healthy lines"


def test_unwrapping_takes_a_line_out_and_moves_its_block_left():
    text = "for x in y:\n    with a:\n        # note\n        b\n\n        c\n    d\n"
    edit = Edit("unwrap", "", (), ("    with a:",))
    assert edit.apply(text) == "for x in y:\n    # note\n    b\n\n    c\n    d\n"
    with pytest.raises(ValueError, match="unwrap"):
        edit.apply("with a:\n    b\n")


def test_an_edit_that_does_not_fit_says_so():
    misfit = Edit("misfit", "", (("no such line", ""),))
    with pytest.raises(ValueError, match="misfit"):
        misfit.apply(LOOP.text)


def test_a_change_in_mid_run_is_a_line_in_the_loop():
    text = LOOP.at_epoch(120, learning_rate=0.05).text
    loop = epoch_loop(ast.parse(text))
    assert ast.unparse(loop.body[0]) == "if epoch == 120:\n    learning_rate = 0.05"


def test_a_change_in_mid_run_is_marked():
    changed = LOOP.at_epoch(120, learning_rate=0.05)
    lines = changed.text.splitlines()
    assert [lines[n - 1].strip() for n in changed.marked_lines] == [
        "if epoch == 120:",
        "learning_rate = 0.05",
    ]


def test_a_later_change_at_the_same_epoch_replaces_the_earlier():
    twice = LOOP.at_epoch(5, learning_rate=0.05).at_epoch(5, learning_rate=0.01)
    assert twice.text == LOOP.at_epoch(5, learning_rate=0.01).text


EACH = """
import gc, runpy, sys
import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel

def end(really=dist.destroy_process_group):
    # torch frees it with the interpreter's lock held, and waits for threads that want that lock
    left = [o for o in gc.get_objects() if type(o) is DistributedDataParallel]
    assert not left, "a model would be the last to hold the workers' group"
    really()

dist.destroy_process_group = end
for file in sys.argv[1:]:
    runpy.run_path(file, run_name="__main__")
    print("\\f", end="")
"""
NOT_COMPARED = {"time_ffn", "time_workers", "adding_up", "updates", "network"}
"""Two print timings; the others take seconds."""


def test_every_lesson_runs_by_itself_and_prints_what_it_prints_here(tmp_path):
    """In a process that cannot find groundup: one for all, since torch takes seconds to import."""
    files = [lesson_file(name) for name in lesson.names()]
    done = subprocess.run(
        [sys.executable, "-P", "-c", EACH, *files],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    printed = dict(zip(lesson.names(), done.stdout.split("\f"), strict=False))
    here = {name: lesson.load(name).text for name in printed.keys() - NOT_COMPARED}
    assert {name: printed[name] for name in here} == {
        name: observe.run(text).output for name, text in here.items()
    }


def test_the_steps_that_one_loop_takes_by_hand_are_a_line_each_with_pytorchs_tools():
    """What the first page and the FFN page say: the same five, a line each."""
    for name in ("nn_module", "train_ffn"):
        loop = epoch_loop(ast.parse(lesson.load(name).text))
        *steps, report = loop.body
        assert len(steps) == 5
        assert all(step.lineno == step.end_lineno for step in steps)
        assert isinstance(report, ast.If)
