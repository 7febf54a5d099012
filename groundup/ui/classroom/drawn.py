"""The question, its choices and its bars as HTML, for phones and for the projector."""

from __future__ import annotations

import string
from collections.abc import Iterable
from html import escape

from groundup.classroom.asked import COURSE, Asked, course_question, section_of
from groundup.classroom.counting import Bar, Turnout
from groundup.classroom.learning import Moment
from groundup.course import path
from groundup.course.answers import right
from groundup.ui.course.prose import inline

FOOT = '<p class="room-foot">No name, no account. The room forgets everything after a day.</p>'


def head(code: str) -> str:
    """The strip at the head of a phone."""
    room = f"<span>room <b>{code}</b></span>" if code else ""
    return f'<div class="room-head"><b>groundup</b>{room}</div>'


def title(asked: Asked) -> str:
    """The question, large."""
    question = course_question(asked.text) if asked.kind == COURSE else None
    return f"<h1>{inline(question.ask) if question else escape(asked.text)}</h1>"


def once(turn: int) -> str:
    """How often one may answer."""
    if turn == 2:
        return "You have talked: this is your second answer, and the last."
    return "You answer once; after the talk, once more."


def choices(asked: Asked) -> str:
    """The choices while the vote is open: nothing says how many chose which."""
    return _list(_choice(letter, choice) for letter, choice in _lettered(asked))


def answered(now: Moment) -> str:
    """What a learner sees who answered; after the reveal, what is right."""
    answer, sent = _right(now.asked) if now.revealed else "", now.mine[now.round - 1]
    rows: Iterable[str] = (
        _choice(letter, choice, _looks(choice, answer, sent), _mark(choice, answer, sent))
        for letter, choice in _lettered(now.asked)
    )
    if now.asked.kind != COURSE:
        rows = (_choice("", one, "mine", "<em>sent</em>") for one in [sent] if one is not None)
    return title(now.asked) + _list(rows) + _said(now, answer, sent)


def revealed(asked: Asked, bars: tuple[Bar, ...], *, twice: bool) -> str:
    """The bars of both rounds: first outlined, after talking filled; without any, the choices."""
    answer = _right(asked)
    if not bars and asked.kind == COURSE:
        return _list(
            _choice(letter, choice, "right" if choice == answer else "pale")
            for letter, choice in _lettered(asked)
        )
    most = max((max(bar.first, bar.after) for bar in bars), default=0) or 1
    letters = string.ascii_uppercase if asked.kind == COURSE else [""] * len(bars)
    rows = (
        _choice(
            letter,
            bar.answer,
            "right" if asked.kind == COURSE and bar.answer == answer else "",
            _bars(bar, most, twice=twice),
        )
        for letter, bar in zip(letters, bars, strict=False)
    )
    return _list(rows) + _legend(bars, twice=twice)


def meaning(asked: Asked) -> str:
    """What the section of the question says about it."""
    section = path.section(section_of(asked.text)) if asked.kind == COURSE else None
    return f'<p class="room-so">{inline(section.so)}</p>' if section else ""


def hands(now: Moment) -> str:
    """How a class without phones votes."""
    said = "Once more, after talking" if now.round == 2 else "Show with your fingers"
    letters = ", ".join(f"{n} {letter}" for n, (letter, _) in enumerate(_lettered(now.asked), 1))
    return f'<p class="room-count"><b>Vote by hand</b></p><p>{said}: {letters}.</p>'


def counted(turnout: Turnout, *, asked: bool) -> str:
    """How many are there; once they are ``asked``, how many of them answered."""
    if not asked:
        return f'<p class="room-count" role="status"><b>{turnout.inside}</b> in the room</p>'
    share = 100 * turnout.answered / turnout.inside if turnout.inside else 0
    return (
        f'<p class="room-count" role="status"><b>{turnout.answered}</b> of {turnout.inside} '
        f'answered</p><div class="room-share"><i style="width:{share:.0f}%"></i></div>'
        '<p class="room-note">one answer each, no names</p>'
    )


def _said(now: Moment, answer: str, sent: str | None) -> str:
    if not now.revealed:
        more = " When you have talked, you can answer once more here." if now.round == 1 else ""
        return (
            f'<div class="room-sent"><b>Your answer is in.</b><p>Look at the front.{more}</p></div>'
        )
    question = course_question(now.asked.text) if now.asked.kind == COURSE else None
    if question is None:
        return '<div class="room-sent"><p>The answers are at the front.</p></div>'
    if sent == answer:
        return '<div class="room-sent"><b>✓ Right.</b></div>'
    why = inline(question.wrong.get(sent or "", ""))
    return f'<div class="room-sent"><b>The run says {escape(answer)}.</b><p>{why}</p></div>'


def _right(asked: Asked) -> str:
    question = course_question(asked.text) if asked.kind == COURSE else None
    return right(question) if question else ""


def _lettered(asked: Asked) -> list[tuple[str, str]]:
    question = course_question(asked.text) if asked.kind == COURSE else None
    found = question.choices if question else ()
    return list(zip(string.ascii_uppercase, found, strict=False))


def _looks(choice: str, answer: str, sent: str | None) -> str:
    return "right" if answer and choice == answer else "mine" if choice == sent else "pale"


def _mark(choice: str, answer: str, sent: str | None) -> str:
    if choice != sent:
        return ""
    return "<em>yours</em>" if answer else "<em>sent</em>"


def _list(rows: Iterable[str]) -> str:
    return f'<ul class="room-list">{"".join(rows)}</ul>'


def _choice(letter: str, choice: str, looks: str = "", more: str = "") -> str:
    sign = '<b role="img" aria-label="right">✓</b>' if looks == "right" else f"<b>{letter}</b>"
    return f'<li class="{looks}">{sign}<span>{escape(choice)}</span>{more}</li>'


def _bars(bar: Bar, most: int, *, twice: bool) -> str:
    first = _bar("first", bar.first, most)
    return f'<div class="room-bars">{first}{_bar("after", bar.after, most) if twice else ""}</div>'


def _bar(looks: str, count: int, most: int) -> str:
    return f'<div><i class="{looks}" style="width:{80 * count / most:.1f}%"></i>{count}</div>'


def _legend(bars: tuple[Bar, ...], *, twice: bool) -> str:
    first, after = sum(bar.first for bar in bars), sum(bar.after for bar in bars)
    both = f'<i class="after"></i>after talking, {after}' if twice else ""
    return f'<p class="room-legend"><i class="first"></i>first answer, {first}{both}</p>'
