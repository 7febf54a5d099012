"""Silent mistakes: each is told at its line, and none in a healthy text."""

import pytest

from groundup.diagnosis import Watch
from groundup.diagnosis.running import _Watched, watched
from groundup.engine import lesson
from groundup.engine.check import every_way
from groundup.mistakes.gallery import everything
from groundup.modules.network import network_lesson, presets
from tests.diagnosis.groups import told_of
from tests.diagnosis.pairs import pairs
from tests.diagnosis.test_checks import LOOP, OPTIMIZERS, few, states
from tests.engine.test_trace_same import GROUPS, NOT_STEPPED

PAIRS = pairs()


def found(text, **more):
    """Lines and keys of what is told of ``text``."""
    return [(one.line, one.key) for one in watched(text, seconds=60, **more).findings]


def test_each_bug_is_told_at_its_line_and_its_twin_is_left_in_peace():
    assert len(PAIRS) >= 30
    for name, pair in PAIRS.items():
        for text, expected in ((pair.bug, pair.expected), (pair.twin, [])):
            watch, run = Watch(text), _Watched(text, None)
            run.run(watch)
            assert watch.faults == {}, name
            assert run.failure is None, (name, run.failure)
            told = watch.diagnosis()
            assert [(one.line, one.key) for one in told.findings] == expected, name
            assert expected or all(one.state != "broken" for one in told.checks), name
            assert all(one.sentence and one.fix for one in told.findings), name


BREAKS = {
    "no_zero": ("fresh", "loss.backward()"),
    "no_backward": ("no_gradient", "w."),
    "no_no_grad": ("tracked_update", ""),
    "uphill": ("uphill", "w +="),
    "zero_early": ("changed: cleared", "w.grad.zero_()"),
    "new_w": ("no_gradient", ""),
    "new_w_unwatched": ("no_gradient", ""),
    "broadcast": ("broadcast", "loss = torch.mean("),
    "no_mean": ("many_losses", "loss.backward()"),
    "integers": ("integers", "w = torch.tensor("),
    "no_requires_grad": ("nothing_tracked", "loss.backward()"),
    "backward_twice": ("used_up", "loss.backward()"),
    "detach": ("cut", "y_hat = "),
    "too_fast": ("diverges", "learning_rate = 1.1 *"),
}
"""Which finding each break of the training page leads to, and how its line begins."""
STEPS = {"momentum": [], "Adam": [], "RMSprop": [(9, "shot_up")]}
"""A rate over plain descent's limit is none for these; RMSprop's first step is ten times it."""


@pytest.mark.parametrize("short", OPTIMIZERS, ids=lambda one: one.settings["optimizer"])
def test_each_break_of_the_training_page_is_told_under_every_optimizer(short):
    healthy = short.set(epochs=20)
    assert found(healthy.text) == []
    for name, (key, begin) in BREAKS.items():
        text = healthy.edit(name).text
        told = found(text)
        if name == "too_fast" and healthy.settings["optimizer"] in STEPS:
            told = [(line - told[0][0] + 9, key) for line, key in told]
            assert told == STEPS[healthy.settings["optimizer"]]
            continue
        assert [key for _, key in told] == [key], name
        assert begin in text.split("\n")[told[0][0] - 1], name
    assert set(BREAKS) == {e.name for e in LOOP.edits.values() if e.notes["kind"] != "twin"}


UNSEEN = {
    "detached_backup",  # nothing is trained: what was kept may be meant to follow
    "same_batch",  # which examples are taken is the text's own affair
    "test_in_training",  # and so is which of them are called a test
    "view_not_permute",  # a view to those sizes is as legal as a permutation
}
"""Silent mistakes of the gallery that leave no trace in what is called."""


def test_the_silent_mistakes_are_told_and_the_fixed_texts_are_not():
    for mistake in everything():
        told = watched(mistake.lesson.text, seconds=60).findings
        if mistake.promise == "silence":
            assert bool(told) == (mistake.name not in UNSEEN), mistake.name
        assert found(mistake.fixed.text) == [], mistake.name
        assert {one.mistake for one in told} <= {"", *(one.name for one in everything())}


@pytest.mark.parametrize(
    "folder",
    ["autograd", "modules", "optimizers", "scale", "shapes", "training"],
)
def test_nothing_is_told_of_any_lesson_whatever_is_chosen(folder):
    files = sorted((lesson.LESSONS / folder).glob("*.py"))
    lessons = [few(lesson.load(f.stem, f.parent)) for f in files if f.stem not in NOT_STEPPED]
    ways = [written for one in lessons for written in every_way(one)]
    in_groups = [written.text for written in ways if GROUPS in written.text]
    if in_groups:
        assert told_of(in_groups) == [[] for _ in in_groups]
    for written in ways:
        assert GROUPS in written.text or found(written.text) == [], written.settings


def test_nothing_is_told_of_the_networks_that_are_ready_made():
    for preset in presets():
        text = network_lesson({**preset.settings, "epochs": 25}).text
        assert found(text, passes=60) == [], preset.title


def test_what_is_told_has_the_numbers_of_the_run():
    told = {name: watched(PAIRS[name].bug).findings for name in PAIRS}
    said = {name: findings[0].sentence for name, findings in told.items() if findings}
    assert "(4, 1) against (4,)" in said["column_minus_row"] or "(4,)" in said["column_minus_row"]
    assert "16 numbers for 4 samples" in told["column_minus_row"][0].evidence
    assert "4.5 became 4" in said["halves_cut_off"]
    assert "36.6 became 36" in said["temperatures_as_integers"]
    assert "from 5 to" in said["uphill_walk"]
    assert "3 right answers gave a share of 0" in said["share_by_floor"]
    assert "8 steps were taken" in said["idle_schedule"]
    assert "5 steps were taken" in said["stepped_twice"]
    assert "from 0.1 to" in said["spent_schedule"]
    assert "6 losses" in said["history_of_losses"]
    assert states(PAIRS["zero_grad_left_out"].bug)["fresh"].sentence == said["zero_grad_left_out"]


def test_the_checks_alone_are_the_same_checks():
    for name in ("zero_grad_left_out", "zeroed_too_soon", "one_left_out", "asked_in_training"):
        told = watched(PAIRS[name].bug, seconds=60, findings=False)
        assert told.findings == ()
        assert told.checks == watched(PAIRS[name].bug, seconds=60).checks
