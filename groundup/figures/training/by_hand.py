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
    latest = [n for n in hand.tries[-1].next if math.isfinite(n)]
    return {**payload, "word": "try", "hand": {"next": rough(latest, 6)}}


def _roomy(view: PlaneView) -> PlaneView:
    """``view`` from farther away: there must be places to click all around."""
    w, b = (view.high_w - view.low_w) / 4, (view.high_b - view.low_b) / 4
    return PlaneView(view.low_w - w, view.high_w + w, view.low_b - b, view.high_b + b)


def score(hand: Hand) -> str:
    """How the learner is doing against least squares, without giving its answer away too soon."""
    if hand.found_at:
        return _first_within(hand, hand.found_at)
    count = len(hand.tries)
    tries = "1 try" if count == 1 else f"{count} tries"
    above = hand.tries[-1].loss - hand.best_loss
    return (
        f"{tries}. Your loss is {number(above)} above the best there is, "
        f"{number(hand.best_loss)}. Click the surface, or move w and b."
    )


def _first_within(hand: Hand, tries: int) -> str:
    best = f"w = {number(hand.best[0])}, b = {number(hand.best[1])}"
    many = "try" if tries == 1 else "tries"
    return (
        f"Found in {tries} {many}: loss {number(hand.tries[tries - 1].loss)}, and "
        f"least squares comes to {number(hand.best_loss)} (at {best})."
    )
