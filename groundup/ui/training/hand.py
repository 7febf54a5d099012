"""By hand: the learner moves w and b, by slider or by a click on the loss surface."""

from __future__ import annotations

import math

import streamlit as st

from groundup.engine import lesson
from groundup.engine.lesson import Lesson
from groundup.figures.training.by_hand import scene, score
from groundup.training.by_hand import Hand
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.player_panel import player
from groundup.ui.controls.heard import heard, place
from groundup.ui.controls.widgets import control
from groundup.ui.state import page_state, put
from groundup.ui.training import own_points
from groundup.ui.training.state import TrainingState

_PLAYER = "hand_player"

_SHARED = set(lesson.load("by_hand").parameters)


def render_by_hand(loop: Lesson) -> None:
    """The picture, the sliders and the code of this mode, for the data of ``loop``."""
    st.fragment(_by_hand)(loop)


def _by_hand(loop: Lesson) -> None:
    picture, code = st.columns([1.35, 1], gap="medium")
    with picture:
        slope, bias, step, again = st.columns([1.5, 1.5, 1.25, 0.8], vertical_alignment="bottom")
        with slope:
            w = control("hand_w")
        with bias:
            b = control("hand_b")
        shared = {name: value for name, value in loop.settings.items() if name in _SHARED}
        chosen = own_points.with_own_points(
            lesson.load("by_hand").set(**shared).set(hand_w=w, hand_b=b)
        )
        hand = page_state(TrainingState).hand
        hand.place(chosen)
        step.button(
            "Its step",
            icon=":material/south_east:",
            key="its_step",
            on_click=_to,
            args=(hand.tries[-1].next,),
            help=GO,
        )
        again.button("Again", key="again", on_click=_again, help="Forget all tries but this one.")
        player(
            scene(hand),
            key=_PLAYER,
            identity=f"{hand.x}{hand.y}",
            order=len(hand.tries),
            at=len(hand.tries),
            play=False,
            said=dict.fromkeys(("start", "end", "diverged"), score(hand)),
            now=hand_numbers(hand),
            on_place=_placed,
        )
    with code:
        look = chosen.line_of("# 1. Forward Pass")
        code_panel(
            chosen.text, key="hand_code", look=look, height=560, steps=True, files=chosen.files
        )


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
    for key, value in zip(("hand_w", "hand_b"), at, strict=True):
        if math.isfinite(value):
            put({key: round(min(max(float(value), low), high), 4)})


def _again() -> None:
    hand = page_state(TrainingState).hand
    hand.tries, hand.text = [], ""
