"""A Python text as coloured pieces, line by line, for the code panel."""

from __future__ import annotations

import builtins
import io
import keyword
import tokenize
from functools import lru_cache

Piece = tuple[str, str]
"""A class (``comment``, ``string``, ``number``, ``keyword``, ``builtin`` or empty) and a text."""

_KINDS = {
    tokenize.COMMENT: "comment",
    tokenize.STRING: "string",
    tokenize.NUMBER: "number",
    getattr(tokenize, "FSTRING_START", -1): "string",
    getattr(tokenize, "FSTRING_MIDDLE", -1): "string",
    getattr(tokenize, "FSTRING_END", -1): "string",
}


@lru_cache(maxsize=256)
def highlight(text: str) -> tuple[tuple[Piece, ...], ...]:
    """One tuple of pieces for each line of ``text``; joined, they are the line.

    A text that is no Python comes back uncoloured.
    """
    lines = text.splitlines()
    pieces: list[list[Piece]] = [[] for _ in lines]
    reached = [0] * len(lines)
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            kind = _kind(token)
            if kind:
                _place(lines, pieces, reached, token, kind)
    except (tokenize.TokenError, SyntaxError):
        return tuple((("", line),) for line in lines)
    for line, done, colours_of_line in zip(lines, reached, pieces, strict=True):
        colours_of_line.append(("", line[done:]))
    return tuple(tuple(p for p in colours_of_line if p[1]) for colours_of_line in pieces)


def _kind(token: tokenize.TokenInfo) -> str:
    if token.type != tokenize.NAME:
        return _KINDS.get(token.type, "")
    if keyword.iskeyword(token.string):
        return "keyword"
    return "builtin" if token.string in vars(builtins) else ""


def _place(
    lines: list[str],
    pieces: list[list[Piece]],
    reached: list[int],
    token: tokenize.TokenInfo,
    kind: str,
) -> None:
    """Add ``token`` to the pieces of each line it spans, after the plain text before it."""
    for row in range(token.start[0] - 1, token.end[0]):
        start = token.start[1] if row == token.start[0] - 1 else 0
        stop = token.end[1] if row == token.end[0] - 1 else len(lines[row])
        pieces[row].append(("", lines[row][reached[row] : start]))
        pieces[row].append((kind, lines[row][start:stop]))
        reached[row] = stop
