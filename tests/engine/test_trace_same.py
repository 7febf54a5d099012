"""Tracing changes nothing of what a text computes: compared, to the bit, with plain ``exec``."""

import json
import time

import pytest
import torch

from groundup.engine import lesson
from groundup.engine.check import REPEATS, every_way, fits
from groundup.engine.trace import TraceLimits, Tracing
from tests.engine import plain

LIMITS = TraceLimits(moments=1_000, seconds=60)
"""Few moments, so that long loops are thinned as well."""


def few_repeats(loaded):
    """``loaded`` with three passes of its loop: a text is run about four hundred times here."""
    there = (loaded.parameters[name] for name in REPEATS if name in loaded.parameters)
    few = {one.name: min(one.default, max(int(one.low), 3)) for one in there if one.low is not None}
    return loaded.set(**few)


def texts_of(folder):
    """Each text that the lessons in ``folder`` can be made into by one option and one edit."""
    for file in sorted(folder.rglob("*.py")):
        if file.stem == "__init__":
            continue
        for written in every_way(few_repeats(lesson.load(file.stem, file.parent))):
            yield written.text
            yield from (
                written.edit(name).text
                for name, edit in written.edits.items()
                if fits(edit, written)
            )


def traced(text):
    """What came of ``text`` when it was traced, in the form of :func:`tests.engine.plain.run`."""
    tracing = Tracing(text, LIMITS)
    trace = tracing.run()
    assert trace.end.state != "stopped", trace.end.words
    assert tracing.recorder.objects.unread == []
    failure = tracing.failure
    inside, outside = tracing._torch, torch.get_rng_state()
    torch.set_rng_state(inside.random)
    told = plain.outcome(
        tracing._namespace,
        tracing.output,
        [(one.kind, one.message) for one in tracing.notices],
        (failure.line, failure.kind, failure.message) if failure else (),
    )
    torch.set_rng_state(outside)
    told |= {"grad": inside.grad, "dtype": str(inside.dtype)}
    return json.loads(json.dumps(told))


@pytest.fixture
def steady_clock(monkeypatch):
    def start():
        count = iter(range(10**9))
        for name in ("perf_counter", "time", "monotonic", "process_time"):
            monkeypatch.setattr(time, name, lambda: next(count) / 1024)

    yield start
    monkeypatch.undo()


def differences(texts, steady_clock):
    found = []
    for text, alone in zip(texts, plain.plain_runs(texts), strict=True):
        steady_clock()
        together = traced(text)
        found += [(text, key, alone[key], together[key]) for key in alone if alone[key] != together[key]]
    return found


FOLDERS = ("autograd", "mistakes", "modules", "optimizers", "scale", "shapes", "tensors", "training")


def test_no_folder_of_lessons_is_left_out():
    assert {file.name for file in lesson.LESSONS.iterdir() if file.is_dir()} - {
        "__pycache__"
    } == set(FOLDERS)


@pytest.mark.parametrize("folders", [FOLDERS[:1] + FOLDERS[2:6], FOLDERS[1:2], FOLDERS[6:]])
def test_every_lesson_option_edit_and_mistake_computes_what_it_computes_untraced(
    folders, steady_clock
):
    made = [text for folder in folders for text in texts_of(lesson.LESSONS / folder)]
    texts = [text.replace("range(1000)", "range(30)") for text in dict.fromkeys(made)]
    assert len(texts) > 50
    assert differences(texts, steady_clock) == []
