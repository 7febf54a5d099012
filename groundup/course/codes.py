"""Progress as text: a code that is short enough to be typed, and what the browser keeps.

Both are read as what may come from anywhere: of bounded size, known ids and choices alone, and
nothing that is read raises. The *code* packs what was chosen into one number, so it belongs to the
course as it is now. What the browser *keeps* names each question, so that a course which grew in
the meantime still finds it.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, cast

from groundup.course.path import sections
from groundup.course.progress import HOW, OUTCOMES, How, Progress
from groundup.course.review import mixed
from groundup.course.tasks import tasks_of

VERSION = 1
LONGEST_CODE = 400
LONGEST_KEPT = 20_000

_GROUP = 5
_MISREAD = str.maketrans("018", "OIB")  # none of these three is a letter of base 32
_BETWEEN = re.compile(r"[\s\-–]+")


class _Slot(NamedTuple):
    """One thing to be done, and how it may have been."""

    name: str
    choices: tuple[str, ...]
    is_task: bool


def encode(progress: Progress) -> str:
    """A code for ``progress``, in groups of five letters and digits."""
    number = 0
    for name, choices, is_task in reversed(_slots()):
        chosen = (progress.tasks if is_task else progress.answers).get(name)
        digit = choices.index(chosen) + 1 if chosen in choices else 0
        number = number * (len(choices) + 1) + digit
    return _grouped(_checked(number.to_bytes((number.bit_length() + 7) // 8, "little")))


def decode(text: str) -> Progress | None:
    """The progress that a code holds; nothing where it is no code of this course, or mistyped."""
    if len(text) > LONGEST_CODE:
        return None
    plain = _BETWEEN.sub("", text).upper().translate(_MISREAD)
    try:
        body = base64.b32decode(plain + "=" * (-len(plain) % 8))[1:-2]
    except (binascii.Error, ValueError):
        return None
    found, rest = _unpacked(int.from_bytes(body, "little"))
    # Each progress has one code, which says all that there is to check.
    return found if not rest and _BETWEEN.sub("", encode(found)) == plain else None


def kept(progress: Progress) -> str:
    """What the browser keeps of ``progress``: plain ASCII; empty where nothing was done."""
    if progress == Progress():
        return ""
    return json.dumps({"answers": dict(progress.answers), "tasks": dict(progress.tasks)})


def read(text: str) -> Progress | None:
    """What :func:`kept` wrote: what of it the course still knows; nothing of any other text."""
    if not text:
        return Progress()
    try:
        table = json.loads(text) if len(text) <= LONGEST_KEPT else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(table, dict):
        return None
    return Progress(_known(table, "answers"), cast(dict[str, How], _known(table, "tasks")))


def is_fit(text: object) -> bool:
    """Whether this may be a text that :func:`kept` wrote: only then may it be sent back."""
    return isinstance(text, str) and len(text) <= LONGEST_KEPT and text.isascii()


def _known(table: Mapping[str, Any], part: str) -> dict[str, str]:
    said = table.get(part)
    if not isinstance(said, dict):
        return {}
    slots = (one for one in _slots() if one.is_task == (part == "tasks"))
    return {one.name: said[one.name] for one in slots if said.get(one.name) in one.choices}


def _unpacked(number: int) -> tuple[Progress, int]:
    answers: dict[str, str] = {}
    tasks: dict[str, str] = {}
    for name, choices, is_task in _slots():
        number, digit = divmod(number, len(choices) + 1)
        if digit:
            (tasks if is_task else answers)[name] = choices[digit - 1]
    return Progress(answers, cast(dict[str, How], tasks)), number


def _checked(body: bytes) -> bytes:
    """``body`` behind the version, and before what tells a slip, or another course.

    Two bytes of CRC find every wrong letter, and every two neighbours in the wrong order.
    """
    body = bytes([VERSION]) + body
    return body + binascii.crc_hqx(body + repr(_slots()).encode(), 0).to_bytes(2, "little")


def _grouped(body: bytes) -> str:
    letters = base64.b32encode(body).decode().rstrip("=")
    return "-".join(letters[n : n + _GROUP] for n in range(0, len(letters), _GROUP))


@cache
def _slots() -> tuple[_Slot, ...]:
    """Everything to be done, in the order of the path: a beginner's code is short."""
    found: list[_Slot] = []
    for section in sections():
        found += [_Slot(one.id, one.choices, False) for one in section.questions]
        found += [_Slot(one.id, HOW, True) for one in tasks_of(section.id)]
    return (*found, *(_Slot(one.id, OUTCOMES, False) for one in mixed()))
