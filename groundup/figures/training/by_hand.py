"""The learner's own search for the best line, as the player draws it and as a sentence."""

from __future__ import annotations

import math
from typing import Any

from groundup.engine.snapshot import number
from groundup.figures.training.player import rough, training
from groundup.training.by_hand import Hand
from groundup.training.surface import LossSurface, PlaneView


def scene(hand: Hand) -> dict[str, Any]:
    """The player's payload: a try stands where a run has an epoch, and an arrow shows the step
    that gradient descent would take from the latest one."""
    columns, first = hand.columns, hand.tries[0]
    # The player draws a gradient where its epoch began; here it belongs to the try itself.
    nothing = [math.nan] * len(hand.tries)
    start = (first.w, first.b)
    payload = training(
        {**columns, "w.grad": nothing, "b.grad": nothing},
        x=hand.x,
        y=hand.y,
        start=start,
        epochs=max(len(hand.tries), 10),
        tries=True,
        view=_roomy(LossSurface.of(hand.x, hand.y).view([start])),
    )
    if hand.searching:
        # The surface's + is the answer, and its rings lead there.
        del payload["surface"]
        return {**payload, "word": "try", "hand": {}}
    latest = [n for n in hand.tries[-1].next if math.isfinite(n)]
    return {**payload, "word": "try", "hand": {"next": rough(latest, 6)}}


def _roomy(view: PlaneView) -> PlaneView:
    """``view`` from farther away: there must be places to click all around."""
    w, b = (view.high_w - view.low_w) / 4, (view.high_b - view.low_b) / 4
    return PlaneView(view.low_w - w, view.high_w + w, view.low_b - b, view.high_b + b)


def score(hand: Hand) -> str:
    """How the learner is doing against least squares, without giving its answer away too soon."""
    tries = _counted(len(hand.tries))
    loss = hand.tries[-1].loss
    if hand.searching:
        goal = number(hand.goal)
        return (
            "The thin lines are the misses; the loss is the mean of their squares (MSE). "
            f"{tries}. The loss is {number(loss)}: move w and b until it is below {goal}."
        )
    if hand.found_at:
        return _revealed(hand) + _first_within(hand, hand.found_at)
    return _revealed(hand) + (
        f"{tries}. Your loss is {number(loss - hand.best_loss)} above the best there is, "
        f"{number(hand.best_loss)}. Click the surface, or move w and b."
    )


def _counted(tries: int) -> str:
    return "1 try" if tries == 1 else f"{tries} tries"


def _revealed(hand: Hand) -> str:
    """The line that was hidden, and when it was found well enough; empty if none was."""
    if hand.hidden is None or hand.below_at is None:
        return ""
    w, b = map(number, hand.hidden)
    tries = _counted(hand.below_at)
    return f"Below {number(hand.goal)} in {tries}: the hidden line is w = {w}, b = {b}. "


def _first_within(hand: Hand, tries: int) -> str:
    best = f"w = {number(hand.best[0])}, b = {number(hand.best[1])}"
    return (
        f"Found in {_counted(tries)}: loss {number(hand.tries[tries - 1].loss)}, and "
        f"least squares comes to {number(hand.best_loss)} (at {best})."
    )
