"""Marks of pasting: taken out of a text before it is read, and told."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable

from groundup.parsing import syntax_tree

_STRING = r"(?:'{3}(?s:.)*?'{3}|\"{3}(?s:.)*?\"{3}|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\")"
_PIECES = re.compile(rf"({_STRING}|#[^\n]*)")
_UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Those that turn the direction of writing make a text look other than it runs, wherever they are.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'"})
_PROMPT = re.compile(r"(?:>>>|\.\.\.)(?: |$)")
_IN = re.compile(r"\s*In \[\d*\]: ?")
_OUT = re.compile(r"\s*Out\[\d*\]:")
_MORE = re.compile(r"\s*\.\.\.: ?")
_FENCE = re.compile(r"\s*(?:```|~~~)\w*\s*$")

_SPACES = "Other spaces were written as plain ones."
_TABS = "Tabs were written as spaces, four for each step to the right."
_INVISIBLE = "Characters that cannot be seen were taken out."
_SMART = "Typographic quotes were written as plain ones."
_PROMPTS = "The prompts >>> and ... were taken out, and the answers between them."
_CELLS = "The notebook's In [ ] and Out[ ] marks were taken out, and its answers."
_FENCES = "The fences ``` were taken out, and what stood outside of them."
_INDENT = "The indentation that all lines shared was taken out."


def cleaned(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` without marks of pasting, and a sentence for each kind that was there.

    >>> cleaned(">>> x = 1\\n>>> x + 1\\n2")
    ('x = 1\\nx + 1\\n', ('The prompts >>> and ... were taken out, and the answers between them.',))
    """
    said = []
    text = re.sub(r"\r\n?", "\n", text)
    for clean, sentence in _STEPS:
        after = clean(text)
        if after != text:
            said.append(sentence)
            text = after
    return f"{text.rstrip()}\n", tuple(said)


def _outside(change: Callable[[str], str]) -> Callable[[str], str]:
    """``change`` for what stands neither in quotes nor in a comment."""

    def changed(text: str) -> str:
        pieces = _PIECES.split(text)
        return "".join(p if n % 2 else change(p) for n, p in enumerate(pieces))

    return changed


def _invisible(text: str) -> str:
    return _TURNING.sub("", _outside(lambda code: _UNSEEN.sub("", code))(text)).lstrip("\ufeff")


def _spaces(code: str) -> str:
    if code.isascii() and not {"\f", "\v"} & set(code):
        return code
    return "".join(" " if unicodedata.category(c) == "Zs" or c in "\f\v" else c for c in code)


def _tabs(code: str) -> str:
    # Python's own steps are eight wide; an editor's are four, and texts are typed in editors.
    lines = (re.sub(r"^[ \t]+", lambda m: m[0].expandtabs(4), line) for line in code.split("\n"))
    return "\n".join(lines).replace("\t", " ")


def _fences(text: str) -> str:
    lines = text.split("\n")
    if any(map(_FENCE.match, lines)) and not _is_python(text):
        kept, inside = [], False
        for line in lines:
            if _FENCE.match(line):
                inside = not inside
            elif inside:
                kept.append(line)
        text = "\n".join(kept) if kept else "\n".join(li for li in lines if not _FENCE.match(li))
    return text if not text.rstrip().endswith("```") else text.rstrip().removesuffix("```")


def _is_python(text: str) -> bool:
    """Whether ``text`` can be read as it is: then its fences stand in a text of its own."""
    try:
        syntax_tree(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _prompts(text: str) -> str:
    if not text.lstrip().startswith(">>>"):
        return text
    lines = [line for line in textwrap.dedent(text).split("\n") if _PROMPT.match(line)]
    return "\n".join(_PROMPT.sub("", line, count=1) for line in lines)


def _cells(text: str) -> str:
    kept, answer = [], False
    lines = text.split("\n")
    if not any(map(_IN.match, lines)):
        return text
    for line in lines:
        answer = bool(_OUT.match(line)) or (answer and bool(line.strip()) and not _IN.match(line))
        if not answer:
            kept.append(_IN.sub("", line, count=1) if _IN.match(line) else _MORE.sub("", line))
    return "\n".join(kept)


_STEPS: tuple[tuple[Callable[[str], str], str], ...] = (
    (_invisible, _INVISIBLE),
    (_fences, _FENCES),
    (_cells, _CELLS),
    (_prompts, _PROMPTS),
    (_outside(_spaces), _SPACES),
    (_outside(lambda code: code.translate(_QUOTES)), _SMART),
    (_outside(_tabs), _TABS),
    (lambda text: textwrap.dedent(text) if text.strip() else text, _INDENT),
)
