"""By hand: the learner moves w and b, by slider or by a click on the loss surface."""

from __future__ import annotations

import math

import streamlit as st

from groundup.engine import lesson
from groundup.engine.lesson import Lesson
from groundup.figures.training.by_hand import scene, score
from groundup.training import by_hand
from groundup.training.by_hand import Hand
from groundup.training.surface import Point
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.player_panel import player
from groundup.ui.controls.heard import heard, place
from groundup.ui.controls.widgets import control, value
from groundup.ui.shell.part import part
from groundup.ui.state import page_state, put, stored
from groundup.ui.training import own_points
from groundup.ui.training.state import TrainingState

_PLAYER = "hand_player"
_KEYS = ("hand_w", "hand_b")

_SHARED = set(lesson.load("by_hand").parameters)


def render_by_hand(loop: Lesson) -> None:
    """The picture, the sliders and the code of this mode, for the data of ``loop``."""
    part(_by_hand)(loop)


def _by_hand(loop: Lesson) -> None:
    picture, code = st.columns([1.15, 1], gap="medium")
    hand = page_state(TrainingState).hand
    with picture:
        slope, bias, step, again = st.columns([1.4, 1.4, 1.5, 1.1], vertical_alignment="bottom")
        first = _lesson(loop)
        start = _begin(hand, by_hand.begins(first))
        with slope:
            w = control("hand_w", default=start[0])
        with bias:
            b = control("hand_b", default=start[1])
        # Where nothing was moved yet, the text's own beginning holds, which may be a random one.
        chosen = first if (w, b) == start else by_hand.at(first, (w, b))
        hand.place(chosen)
        if not hand.searching:
            step.button(
                "One step downhill",
                icon=":material/south_east:",
                key="its_step",
                on_click=_to,
                args=(hand.tries[-1].next,),
                help=GO,
            )
        again.button(
            "Forget tries", key="again", on_click=_again, help="Forget all tries but this one."
        )
        player(
            scene(hand),
            key=_PLAYER,
            identity=f"{hand.x}{hand.y}{hand.searching}",
            order=len(hand.tries),
            at=len(hand.tries),
            play=False,
            said=dict.fromkeys(("start", "end", "diverged"), score(hand)),
            now=hand_numbers(hand),
            on_place=_placed,
        )
    with code:
        look = chosen.line_of("# 1. Forward Pass")
        # Its steps would show what true_w and true_b hold.
        steps = not hand.searching
        code_panel(
            chosen.text, key="hand_code", look=look, height=560, steps=steps, files=chosen.files
        )


def _lesson(loop: Lesson) -> Lesson:
    """The lesson of this mode on the data of ``loop``, where the page's settings let it begin."""
    settings = loop.settings
    shared = {name: value for name, value in settings.items() if name in _SHARED}
    line = "known" if own_points.own_points() else value("data_line")
    place = {"hand_w": settings["start_w"], "hand_b": settings["start_b"]}
    return own_points.with_own_points(lesson.load("by_hand").set(**shared, **place, line=line))


def _begin(hand: Hand, start: Point) -> Point:
    """Let sliders that stand where the former text began stand where this one does."""
    if hand.start != start and tuple(map(stored, _KEYS)) == hand.start:
        put(dict(zip(_KEYS, start, strict=True)))
    hand.start = start
    return start


GO = (
    "Take the step that gradient descent would take, as far as the sliders go: the dashed arrow on "
    "the surface."
)


def hand_numbers(hand: Hand) -> dict[str, float | int]:
    """What the readouts show: the present place."""
    last, count = hand.tries[-1], len(hand.tries)
    numbers = {"loss": last.loss, "w": last.w, "b": last.b}
    return numbers | {"at": count, "epoch": count, "w.grad": last.w_grad, "b.grad": last.b_grad}


def _placed() -> None:
    """The learner clicked a place on the surface."""
    if at := place(heard(_PLAYER, "place")):
        _to((round(at[0], 2), round(at[1], 2)))


def _to(at: tuple[float, float]) -> None:
    limits = lesson.load("by_hand").parameters["hand_w"]
    low, high = limits.low or 0.0, limits.high or 0.0
    for key, number in zip(_KEYS, at, strict=True):
        if math.isfinite(number):
            put({key: round(min(max(float(number), low), high), 4)})


def _again() -> None:
    hand = page_state(TrainingState).hand
    hand.tries, hand.text = [], ""
