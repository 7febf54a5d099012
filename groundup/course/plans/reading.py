"""Reading a plan from a file, which anybody may have written: every fault has a sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from groundup.course import path
from groundup.course.plans.plan import PAGES, Moment, Plan

LONGEST = 60_000
"""Characters that a plan's file may have."""
MOST = 40
"""Moments that a plan may have."""
OWN = "own"
"""The id of the plan that a teacher collected or brought."""

_TEXTS = ("section", "page", "question", "ask", "why", "say")
_LONGEST_TEXT, _LONGEST_MOMENT = 600, 180
_MOST_PRESSED, _LONGEST_PRESSED = 20, 40


def read(text: str) -> Plan:
    """The plan that ``text`` holds.

    Raises:
        ValueError: in a sentence, if it holds none.
    """
    if len(text) > LONGEST:
        raise ValueError(f"The file has {len(text):,} characters, and {LONGEST:,} is the most.")
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ValueError(f"The file is no TOML: {str(error)[:200]}.") from None
    listed = table.get("moments")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST:
        raise ValueError(f"A plan has 1 to {MOST} moments, each under [[moments]].")
    moments = tuple(_moment(n, one) for n, one in enumerate(listed, 1))
    names = [_text(table, key, "The plan") for key in ("id", "name", "about")]
    return Plan(
        names[0] or OWN,
        names[1] or "A plan of your own",
        sum(one.minutes for one in moments),
        names[2],
        moments,
    )


def _moment(number: int, table: Any) -> Moment:
    who = f"Moment {number}"
    if not isinstance(table, dict):
        raise ValueError(f"{who} is not a table under [[moments]].")
    if unknown := set(table) - {*_TEXTS, "minutes", "again", "settings", "expected", "press"}:
        raise ValueError(f"{who} has {sorted(unknown)[0][:40]!r}, which no moment has.")
    made = Moment(
        minutes=_number(table.get("minutes"), f"{who}: minutes", _LONGEST_MOMENT),
        again=_number(table["again"], f"{who}: again", _LONGEST_MOMENT) if "again" in table else 0,
        settings=_settings(table, who),
        expected=_expected(table, who),
        press=_press(table, who),
        **{key: _text(table, key, who) for key in _TEXTS},
    )
    _place(made, who)
    return made


def _place(made: Moment, who: str) -> None:
    if made.section and not path.section(made.section):
        raise ValueError(f"{who}: the path has no section {made.section[:20]!r}.")
    if not made.section and made.page not in PAGES:
        raise ValueError(f"{who} needs a section, or one of the pages {', '.join(sorted(PAGES))}.")
    if made.question and not made.asked:
        raise ValueError(f"{who}: its section has no question {made.question[:20]!r}.")
    if made.again and not (made.asked and made.again < made.minutes):
        raise ValueError(f"{who}: again needs a question, and fewer minutes than the moment has.")
    choices = made.asked.choices if made.asked else ()
    if other := [one for one in made.expected if one not in choices]:
        raise ValueError(f"{who}: {other[0][:40]!r} is no choice of its question.")


def _text(table: Mapping[str, Any], key: str, who: str) -> str:
    said = table.get(key, "")
    if not isinstance(said, str) or len(said) > _LONGEST_TEXT or not _plain(said):
        raise ValueError(f"{who}: {key} must be a text of up to {_LONGEST_TEXT} characters.")
    return said


def _plain(said: str) -> bool:
    return all(one.isprintable() or one == "\n" for one in said)


def _number(given: object, what: str, most: int) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= most:
        raise ValueError(f"{what} must be a whole number from 1 to {most}.")
    return given


def _settings(table: Mapping[str, Any], who: str) -> dict[str, str]:
    given = table.get("settings", {})
    texts = isinstance(given, dict) and all(isinstance(one, str) for one in given.values())
    if not texts or sum(map(len, given.values())) > 10 * _LONGEST_TEXT:
        raise ValueError(f"{who}: settings must be texts, as a link holds them.")
    return dict(given)


def _expected(table: Mapping[str, Any], who: str) -> dict[str, int]:
    given = table.get("expected", {})
    if not isinstance(given, dict):
        raise ValueError(f"{who}: expected must hold choices, each with a number of a hundred.")
    found = {key: _number(one, f"{who}: what is expected", 100) for key, one in given.items()}
    if sum(found.values()) > 100:
        raise ValueError(f"{who}: what is expected adds up to more than a hundred.")
    return found


def _press(table: Mapping[str, Any], who: str) -> tuple[str, ...]:
    given = table.get("press", [])
    if not isinstance(given, list) or len(given) > _MOST_PRESSED or not all(map(_button, given)):
        raise ValueError(f"{who}: press must list up to {_MOST_PRESSED} buttons by their words.")
    return tuple(given)


def _button(given: object) -> bool:
    return isinstance(given, str) and 0 < len(given) <= _LONGEST_PRESSED and _plain(given)
