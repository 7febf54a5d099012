"""What the engine says: its bounds, its limits, and why something cannot be read or used."""

import os
import re

import pytest
import torch

from groundup.engine import devices, lesson
from groundup.engine.lesson import Lesson
from groundup.engine.limits import Limits
from groundup.engine.literals import read_data, read_number, read_shape, read_whole_numbers
from groundup.engine.observe import Run, run
from groundup.engine.snapshot import brief

BOUNDED = [
    (name, parameter)
    for name in lesson.names()
    for parameter in lesson.load(name).parameters.values()
    if parameter.low is not None
]


@pytest.mark.parametrize(
    ("name", "parameter"), BOUNDED, ids=[f"{name} {p.name}" for name, p in BOUNDED]
)
def test_the_bounds_in_a_comment_are_those_that_are_enforced(name, parameter):
    loaded = lesson.load(name)
    low, high = re.search(r"(\S+) to (\S+)$", parameter.help).groups()
    kind = type(parameter.default)
    for bound, outside in ((kind(float(low)), -1), (kind(float(high)), 1)):
        assert loaded.set(**{parameter.name: bound}).settings[parameter.name] == bound
        beyond = bound + outside if kind is int else bound + outside * abs(bound) / 1000
        if beyond != bound:
            with pytest.raises(ValueError, match="is not allowed: it must be a"):
                loaded.set(**{parameter.name: beyond})


@pytest.mark.parametrize(
    ("text", "limits", "why"),
    [
        ("x = 0\nwhile True:\n    x += 1", Limits(steps=100), "executed more than 100 statements"),
        ("for epoch in range(9):\n    x = epoch", Limits(epochs=4), "run more than 4 epochs"),
        (
            '"""Says.\n\nRecords each epoch: x\n"""\nfor epoch in range(99):\n    x = epoch',
            Limits(recorded_bytes=44),
            "would have recorded more than 44 bytes",
        ),
    ],
)
def test_a_limit_is_passed_where_it_is_said_to_be(text, limits, why):
    ended = Run(text, limits=limits).finish()
    assert why in ended.ended
    recorded = len(ended.columns.get("x", ()))
    assert {
        "executed": ended.steps == 101,
        "run": ended.variables["x"] >= 4 and ended.epochs == 4,
        "would": 8 * recorded <= 44 < 8 * (recorded + 1),
    }[why.split()[0]]


RECORDS = [name for name in lesson.names() if "\nRecords " in lesson.load(name).source]


@pytest.mark.parametrize("name", RECORDS)
def test_what_a_docstring_says_is_recorded_is_and_nothing_else(name):
    text = lesson.load(name).text
    said = re.findall(r"^Records (?:each epoch|after step \d+): (.+)$", text, re.MULTILINE)
    recorded = Run(text).finish(epochs=3).columns
    assert list(recorded) == ", ".join(said).split(", ")
    assert {len(column) for column in recorded.values()} == {3}


@pytest.mark.parametrize("epoch", [-1, 1.5, "3", True])
def test_an_epoch_that_is_refused_is_no_whole_number_from_0(epoch):
    with pytest.raises(ValueError, match="it must be a whole number from 0"):
        lesson.load("training_loop").at_epoch(epoch, learning_rate=0.1)
    assert lesson.load("training_loop").at_epoch(0, learning_rate=0.1).schedule


def test_a_text_without_epochs_takes_no_change_in_mid_run():
    with pytest.raises(ValueError, match="no epoch loop"):
        _ = Lesson("one", "rate = 1\nx = rate\n").at_epoch(3, rate=2).text
    text = "rate = 1\nfor epoch in range(9):\n    x = rate\n"
    changed = Lesson("two", text).at_epoch(3, rate=2)
    assert run(changed.text).variables["x"] == 2


@pytest.mark.parametrize(
    ("read", "good", "bad", "says"),
    [
        (read_shape, "1000000000", "1000000001", "sizes go up to 1,000,000,000"),
        (read_shape, "1000000, 1000000000", "1000001, 1000000000", "1,000,001,000,000,000 cells;"),
        (
            read_shape,
            "0, 1000000, 1000000000",
            "0, 1000000000, 1000000000",
            "has 1,000,000,000,000,000,000 cells beside its size of 0; this page",
        ),
        (read_shape, "0, 3", "-1, 3", "it cannot be -1. Use 0 or more"),
        (read_shape, "0, 3", "−2, 3", "it cannot be -2. Use 0 or more"),
        (read_shape, "1 1 1 1 1 1", "1 1 1 1 1 1 1", "7 numbers are too many: up to 6"),
        (read_shape, "(2, 3)", "(2, 3", "The brackets do not match"),
        (read_shape, "2,3", "2,,3", "A number is missing before a comma"),
        (read_shape, "2", "2.5", "“2.5” is no whole number"),
        (read_number, "1e12", "1e13", "no number up to 10¹²"),
        (read_number, "−1", "−1e13", "no number up to 10¹². Type one such as 0.5"),
        (read_number, "0.5", "True", "no number"),
        (read_data, "1" + " " * 1_999, "1" + " " * 2_000, "2,001 characters. Up to 2,000"),
        (read_data, "9223372036854775807", "9223372036854775808", "int64 holds −2⁶³ to 2⁶³ − 1"),
        (read_data, "−9223372036854775808", "-9223372036854775809", "does not fit: int64 holds"),
        (read_data, "[[1, 2], [3, 4]]", "", "such as [[1, 2], [3, 4]]"),
        (read_data, "[[1, 2], [3, 4]]", "[[1, 2], [3", "3 opening and 1 closing square"),
        (read_data, "[[1, 2], [3, 4]]", "[[1, 2], x]", "Try nested lists such as"),
        (read_data, "[[1, 2], [3, 4]]", "[[1, 2], [3]]", "data[0] has length 2 but data[1] has l"),
        (read_data, "[1, True, 2.5]", "[1, 'a']", "'a' is a text. Numbers and True or False"),
        (read_data, "[[[[1]]]]", "[[[[[1]]]]]", "deeper than 4 levels"),
    ],
)
def test_what_is_typed_is_refused_just_beyond_what_is_said(read, good, bad, says):
    read(good)
    with pytest.raises(ValueError, match=re.escape(says)):
        read(bad)


def test_int64_holds_what_is_said_and_a_ragged_list_is_torchs_error_too():
    info = torch.iinfo(torch.int64)
    assert (info.min, info.max) == (-(2**63), 2**63 - 1)
    assert torch.tensor([info.min, info.max]).tolist() == [-(2**63), 2**63 - 1]
    for bad in ([2**63], [-(2**63) - 1], [[1, 2], [3]], ["a"]):
        with pytest.raises((RuntimeError, ValueError, TypeError)):
            torch.tensor(bad)
    assert torch.tensor([1, True, 2.5]).tolist() == [1, 1, 2.5]
    assert read_whole_numbers("−1, 2", "sizes", "1") == (-1, 2)


@pytest.mark.parametrize(
    ("cuda", "hip", "reason"),
    [
        (None, None, "this PyTorch is a CPU-only build"),
        ("13.0", None, "no NVIDIA GPU found"),
        (None, "6.4", "no NVIDIA GPU found"),
    ],
)
def test_why_there_is_no_gpu_depends_on_the_build(monkeypatch, cuda, hip, reason):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.version, "cuda", cuda)
    monkeypatch.setattr(torch.version, "hip", hip)
    devices.devices.cache_clear()
    told = devices.devices()[1].missing
    devices.devices.cache_clear()
    assert told == reason


@pytest.mark.parametrize(
    ("built", "reason"), [(True, "no Apple GPU found"), (False, "needs an Apple Mac")]
)
def test_why_there_is_no_apple_gpu_depends_on_the_build(monkeypatch, built, reason):
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_built", lambda: built)
    devices.devices.cache_clear()
    told = devices.devices()[2].missing
    devices.devices.cache_clear()
    assert told == reason


def test_the_threads_and_processors_are_those_that_are_asked():
    assert devices.threads() == (
        f"threads: torch computes with {torch.get_num_threads()}, processors: {os.cpu_count()}"
    )


def test_a_text_finds_the_files_beside_it_and_no_others():
    files = {"points.csv": "1,2\n"}
    assert Run("x = open('points.csv').read()", files=files).finish().variables["x"] == "1,2\n"
    failed = Run("x = open('other.csv').read()", files=files).finish().failure
    assert failed.message == "there is no file 'other.csv' beside this script"


def test_only_a_meta_tensor_has_no_values():
    assert brief(torch.ones(3, device="meta")) == "no values: device meta"
    assert brief(torch.ones(3)) == "1, … (3)"
