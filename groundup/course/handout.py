"""A plan as a printable page: its questions with room to write, or the same with the answers."""

from __future__ import annotations

import importlib
import re
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import torch

from groundup.course.answers import answered, program, read_by, right
from groundup.course.path import Question
from groundup.course.plans import Moment, Plan

ADDRESS = "http://localhost:8501"
"""Where the app is, if nobody says it."""
MOST_LINES, LOOP_LINES = 28, 18
"""Lines of a program that the sheet shows; and of a longer one, from its loop on, so that two
questions fit on a page."""

MOST_PRINTED = 8
"""Lines that a program printed, up to which all of them are told."""

_CSS = Path(__file__).with_name("handout.css")
_CODE = re.compile(r"`([^`]+)`")


def sheet(plan: Plan, *, answers: bool = False, address: str = "") -> str:
    """The whole page as HTML: nothing in it is fetched from elsewhere.

    With ``answers``, what is right, what the program printed and why another choice is wrong stand
    in it, all read from the programs' runs. ``address`` is where the links lead.
    """
    asked = [one for one in plan.moments if one.asked or one.ask]
    parts = (_moment(n, one, answers, address or ADDRESS) for n, one in enumerate(asked, 1))
    title = escape(plan.name) + (": answers" if answers else "")
    name = "for the teacher" if answers else 'name <span class="name"></span>'
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>'
        f"\n<style>\n{_CSS.read_text('utf-8')}</style>\n</head>\n<body>\n<header><h1>{title}</h1>"
        f"<p>groundup · {plan.minutes} minutes · {name}</p></header>\n<main>\n{''.join(parts)}"
        "</main>\n<footer>What is right is read from runs with PyTorch "
        f"{escape(torch.__version__)}.</footer>\n</body>\n</html>\n"
    )


def _moment(number: int, moment: Moment, answers: bool, address: str) -> str:
    question = moment.asked
    asked = question.ask if question else moment.ask
    head = f'<h2><span class="number">{number}</span> {_inline(asked)}</h2>'
    body = _question(question, answers) if question else _room(3, moment.say if answers else "")
    link = _link(moment, address)
    return f"<section>{head}{body}{link}</section>\n"


def _question(question: Question, answers: bool) -> str:
    answer = right(question) if answers else None
    choices = "".join(_choice(one, one == answer) for one in question.choices)
    why = _told(question) if answers else f"<p>because</p>{_room(2)}"
    return f'<ul>{choices}</ul><div class="two">{_code(question)}<div>{why}</div></div>'


def _choice(choice: str, ticked: bool) -> str:
    box = '<span class="box ticked">✓</span>' if ticked else '<span class="box"></span>'
    return f"<li>{box} {escape(choice)}</li>"


def _told(question: Question) -> str:
    """What the run said, and why the others are wrong."""
    output = _shortened(answered(question).output.strip())
    printed = f"<p>It prints</p><pre>{escape(output)}</pre>" if output else ""
    wrong = "".join(
        f"<p>{escape(one)}: {_inline(said)}</p>" for one, said in question.wrong.items()
    )
    read = f"<p>{escape(read_by(question))}</p>" if read_by(question) else ""
    return f'<div class="answer">{printed}{wrong}{read}</div>'


def _shortened(output: str) -> str:
    """What was printed; of many lines the first and the last."""
    lines = output.splitlines()
    if len(lines) <= MOST_PRINTED:
        return output
    return "\n".join([*lines[:4], f"… {len(lines) - 6} lines more …", *lines[-2:]])


def _code(question: Question) -> str:
    """The program's lines with their numbers; of a long one, those from its loop on."""
    lines = program(question).strip("\n").splitlines()
    loop = next((n for n, line in enumerate(lines) if line.startswith("for ")), 0)
    first, count = (loop, LOOP_LINES) if len(lines) > MOST_LINES else (0, MOST_LINES)
    shown = list(enumerate(lines, 1))[first : first + count]
    rows = "".join(map(_line, shown))
    cut = f"<p>Of {len(lines)} lines. All of them stand behind the link.</p>"
    return f"<div><pre>{rows}</pre>{cut if len(shown) < len(lines) else ''}</div>"


def _line(numbered: tuple[int, str]) -> str:
    """A line with its number; an empty one is half as high."""
    number, text = numbered
    looks = "" if text.strip() else ' class="empty"'
    return f"<span{looks}><i>{number:3}</i> {escape(text)}\n</span>"


def _room(lines: int, said: str = "") -> str:
    """Lines to write on, or what is to be said."""
    if said:
        return f'<p class="answer">{_inline(said)}</p>'
    return '<div class="line"></div>' * lines


def _link(moment: Moment, address: str) -> str:
    """Where the moment's page is with its settings; what is printed, for typing, is its section."""
    page = f"{address.rstrip('/')}/{'' if moment.where == 'home' else moment.where}"
    place = moment.place
    whole = f"{page}?{urlencode(place.query)}" if place else page
    short = f"{page}?section={place.id}" if place else page
    link = f'<a href="{escape(whole)}">{escape(short)}</a>'
    return f'<p class="link">{_code_of(whole)}{escape(moment.name)}: {link}</p>'


def _code_of(link: str) -> str:
    """``link`` as a square to be photographed, where the library for it is installed."""
    try:
        segno = importlib.import_module("segno")
    except ModuleNotFoundError:
        return ""
    drawn: str = segno.make(link, error="m", micro=False).svg_inline(scale=2, border=1)
    return drawn


def _inline(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", escape(text, quote=False)).replace("**", "")
