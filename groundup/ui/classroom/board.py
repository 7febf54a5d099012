"""What the projector shows of a question: its choices, who is in, and at the reveal what was so."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from urllib.parse import urlsplit

import segno
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from groundup.classroom.asked import COURSE, course_question
from groundup.classroom.counting import bars, foremost, turnout
from groundup.classroom.learning import Moment, look
from groundup.classroom.store import shared
from groundup.classroom.teaching import Key
from groundup.course.answers import answered, program, read_by
from groundup.course.path import Question
from groundup.figures.course.losses import losses
from groundup.figures.theme import palette
from groundup.ui.classroom import drawn
from groundup.ui.classroom.sentences import told_if_unusable
from groundup.ui.components.code_panel import code_panel
from groundup.ui.controls.link import JOIN
from groundup.ui.course.drawing import draw
from groundup.ui.shell.part import part

EVERY = 1.0
"""Seconds after which the projector looks again, while a vote is open."""

SHORT = 24
"""Lines of a program that is read from its first one."""

KEYS, LINE, PRINTED, WIDE = 150, 27, 5, 40
"""How high what a key does and the answer stand beneath a program, in pixels; how high a line is
that it printed, how many of them are in sight, and how many letters fit into one."""

Steps = Callable[[Moment], None]
"""Draws what may be pressed in a moment of the vote."""


def live(teacher: Key, steps: Steps) -> None:
    """The room's question; it looks again by itself until the answer is shown."""
    now = look(shared(), teacher.code)
    if now and now.revealed:
        revealed(now, steps, teacher)
    else:
        part(_front, run_every=EVERY)(teacher, steps)


def by_hand(now: Moment, steps: Steps) -> None:
    """The question of a class that votes with its hands."""
    if now.revealed:
        revealed(now, steps)
    else:
        still(now, steps, drawn.hands(now))


def still(now: Moment, steps: Steps, beside: str = "") -> None:
    """The question, and nobody's answers; ``beside`` it what is said to the class."""
    left, right = _halves()
    with left:
        _page(now, drawn.choices(now.asked))
    with right:
        if beside:
            st.html(f'<div class="room-door">{beside}</div>')
        steps(now)


def revealed(now: Moment, steps: Steps, teacher: Key | None = None) -> None:
    """What was answered, what is right, and the run that says so."""
    left, right = _halves(0.54)
    with left:
        found = foremost(bars(shared(), teacher.code, now.asked)) if teacher else ()
        body = drawn.revealed(now.asked, found, twice=now.round == 2)
        _page(now, body + drawn.meaning(now.asked))
    with right:
        if question := course_question(now.asked.text) if now.asked.kind == COURSE else None:
            _evidence(question)
        steps(now)


def _front(teacher: Key, steps: Steps) -> None:
    with told_if_unusable():
        now = look(shared(), teacher.code)
        if now is None or now.revealed:
            st.rerun()
        left, right = _halves()
        with left:
            _page(now, drawn.choices(now.asked))
        with right:
            st.html(f'<div class="room-door">{door(teacher.code)}</div>')
            counted = drawn.counted(turnout(shared(), teacher.code), asked=now.number > 0)
            st.html(f'<div class="room-door">{counted}</div>')
            steps(now)


def _halves(left: float = 0.64) -> list[DeltaGenerator]:
    return st.columns([left, 1 - left], gap="medium")


def _page(now: Moment, body: str) -> None:
    if now.number == 0:
        st.html('<div class="room-front"><h1>Join the room on your phone</h1></div>')
    else:
        st.html(f'<div class="room-front">{drawn.title(now.asked)}{body}</div>')


def _evidence(question: Question) -> None:
    """The run that gives the answer: its loss drawn, or its lines and what they print."""
    run = answered(question)
    if run.loss:
        drawn_run = losses(run.loss, palette(st.context.theme.type == "dark"))
        draw(drawn_run)
        st.html(f'<p class="room-read">{escape(drawn_run.alt)} {escape(read_by(question))}</p>')
        return
    text = program(question)
    # A long one begins with its data: what answers the question stands at its end.
    last = len(text.splitlines()) if len(text.splitlines()) > SHORT else None
    told = {"It prints": run.output.strip(), "PyTorch says": run.refused}
    told = {said: words for said, words in told.items() if words}
    beneath = KEYS + sum(map(_height, told.values()))
    code_panel(text, key="room_program", steps=True, look=last, beneath=beneath)
    for said, words in told.items():
        st.html(f'<p class="room-read">{said}</p><pre class="room-output">{escape(words)}</pre>')
    if not (run.refused or question.read):
        st.html(f'<p class="room-read"><code>answer</code> is <b>{escape(run.answer)}</b>.</p>')


def _height(words: str) -> int:
    """How high what was printed stands beneath its title, in pixels."""
    lines = sum(1 + len(line) // WIDE for line in words.splitlines())
    return 64 + LINE * min(lines, PRINTED)


def door(code: str) -> str:
    """Where to go, and with which code; the QR code holds both."""
    address = (st.context.url or "/room").partition("?")[0]
    parts = urlsplit(address)
    picture = segno.make(f"{address}?{JOIN}={code}", error="m", micro=False).svg_data_uri(
        border=2, light="#fff", omitsize=True
    )
    return (
        f'<p>{escape(parts.netloc + parts.path)}</p><p class="room-code">{code}</p>'
        f'<img class="room-qr" alt="QR code of the link to this room" src="{escape(picture)}">'
    )
