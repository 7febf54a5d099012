"""What a broken run looks like is what is meant by it, against numpy; and guesses are counted."""

import numpy as np
import pytest

from groundup.engine import lesson
from groundup.training.broken_loop import mistakes, reordered
from groundup.training.guesses import MAX_TEXTS, Guesses
from groundup.training.looks import ELSEWHERE, ERROR, FLIES, HOME, LOOKS, STILL, SWINGS, looks
from groundup.training.session import Training

LOOP = lesson.load("training_loop")


def finished(broken):
    training = Training(broken)
    training.finish()
    return training


def meant(training):
    """Which meanings hold of the run, in the order of the table."""
    run, setting = training.run, training.setting
    if run.failure:
        return [ERROR]
    healthy, *_ = training.beside.values()
    way, good = (np.array([r.columns["w"], r.columns["b"]]).T for r in (run, healthy))
    way, good = (np.vstack([setting.start, steps]) for steps in (way, good))
    x, y = np.array(setting.x), np.array(setting.y)
    losses = ((way[:, :1] * x + way[:, 1:] - y) ** 2).mean(axis=1)
    design = np.stack([x, np.ones_like(x)], axis=1)
    steepest = np.linalg.eigh(design.T @ design)[1][:, -1]
    sides = np.sign((way - np.linalg.lstsq(design, y, rcond=None)[0]) @ steepest)
    apart = np.abs(way[-1] - good[-1]).max()
    holds = {
        STILL: (way == way[0]).all(),
        FLIES: not losses[-1] <= losses[0] * 1.0001,
        SWINGS: (sides[1:] * sides[:-1] < 0).sum() >= 3,
        ELSEWHERE: apart > 1e-6,
        HOME: apart <= 0.02 * np.ptp(way, axis=0).max(),
    }
    return [look for look in LOOKS if holds.get(look)]


@pytest.mark.parametrize("optimizer", LOOP.parameters["optimizer"].options)
def test_every_look_is_what_is_meant_by_it(optimizer):
    seen = set()
    for seed in (0, 3):
        loop = LOOP.set(optimizer=optimizer, begin="random", seed=seed)
        broken = [loop.edit(edit.name) for edit in mistakes(loop).values()]
        for one in (*broken, reordered(loop, "51234"), reordered(loop, "12354")):
            training = finished(one)
            look = looks(training)
            assert look in meant(training), (one.applied, seed)
            if look in (SWINGS, ELSEWHERE):
                assert FLIES not in meant(training)
            seen.add(look)
    assert {ERROR, STILL, FLIES, HOME} <= seen
    if optimizer == "gradient descent":
        assert seen == set(LOOKS)


def test_the_first_answer_to_each_text_counts_and_a_skipped_one_does_not():
    guesses = Guesses()
    assert guesses.waits("a")
    assert guesses.score == ""
    guesses.make("a", "right")
    guesses.make("a", "wrong")
    guesses.make("b")
    guesses.make("b", "right")
    assert (guesses.made("a"), guesses.made("b"), guesses.waits("b")) == ("right", None, False)
    guesses.count("first", "a", "right")
    guesses.count("second", "b", "right")
    assert guesses.score == "1 of 1 first guess right."
    guesses.make("c", "wrong")
    guesses.count("first", "c", "right")
    guesses.count("third", "c", "right")
    assert guesses.score == "1 of 2 first guesses right."
    for n in range(MAX_TEXTS):
        guesses.make(str(n), "right")
    assert guesses.waits("a")
    assert len(guesses.first) == MAX_TEXTS
