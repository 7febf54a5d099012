"""What a learner pasted: a message, a traceback in any dress, or a few words of their own.

Terminals, notebooks, forums and translators all leave marks on a traceback. They are taken off
here, so that what is left is what Python and PyTorch wrote.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

EACH_END = 20_000
"""How many characters are read of each end of a text; the message stands at one of them."""

MAX_ERRORS = 4
_LONGEST_MESSAGE = 2_000

_COLOUR = re.compile(r"\x1b?\[\d{1,3}(?:;\d{1,3}){0,4}m")
_HIDDEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_QUOTES = str.maketrans("‘’‚´`“”„«»", "'''''" + '"' * 5)
_BOX = re.compile(r"[\u2500-\u257f❱]+")
_ERROR = re.compile(
    r"(?<![\w.])(?:[A-Za-z_]\w{0,40}\.){0,6}"
    r"([A-Z]\w{0,40}?(?:Error|Exception|Warning|Interrupt|Iteration)) ?: ?"
)
_FRAME = re.compile(
    r'Traceback \(most recent|\bFile "|frame #\d|During handling of|The above exception|-{3,}>'
)
_END = re.compile(rf"\n\s*\n|{_FRAME.pattern}")
"""Where a message is over: at an empty line, or where frames begin."""


@dataclass(frozen=True)
class Error:
    """An exception or a warning: its type's last name, and its own words."""

    kind: str
    message: str


@dataclass(frozen=True)
class Pasted:
    """``text`` is clean, in lines; ``errors`` are those it names, the last one first."""

    text: str
    errors: tuple[Error, ...]

    @property
    def flat(self) -> str:
        """The text in one line with single spaces: a message may have been wrapped anywhere."""
        return " ".join(self.text.split())

    @property
    def is_error(self) -> bool:
        """Whether a program wrote this; else a person did."""
        return bool(self.errors) or bool(re.search(_FRAME, self.text))


def shortened(text: str) -> str:
    """``text``, without its middle where it is longer than is read."""
    if len(text) <= 2 * EACH_END:
        return text
    return f"{text[:EACH_END]}\n…\n{text[-EACH_END:]}"


def read(text: str) -> Pasted:
    """Clean ``text`` and find the errors in it.

    >>> read("RuntimeError：\\u200bshape ‘[2]’ is invalid").errors
    (Error(kind='RuntimeError', message="shape '[2]' is invalid"),)
    """
    # Full-width letters become plain ones here, and some characters become several.
    plain = shortened(unicodedata.normalize("NFKC", shortened(text)))
    plain = _COLOUR.sub("", plain).translate(_HIDDEN).translate(_QUOTES)
    plain = _BOX.sub(" ", plain)
    errors = _errors(plain)
    return Pasted(plain, tuple(errors[: -MAX_ERRORS - 1 : -1]))


def _errors(text: str) -> list[Error]:
    """Every error in ``text``, its message up to the next one or to its own end."""
    heads = list(_ERROR.finditer(text))
    starts = [*(head.start() for head in heads), len(text)]
    errors = []
    for head, stop in zip(heads, starts[1:], strict=True):
        rest = text[head.end() : min(stop, head.end() + _LONGEST_MESSAGE)]
        message = _END.split(rest, maxsplit=1)[0]
        errors.append(Error(head[1], " ".join(message.split())))
    return errors
