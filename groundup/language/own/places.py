"""Where a node of a syntax tree stands in its text."""

from __future__ import annotations

import ast
import re

from groundup.language.own.result import Refusal


class Places:
    """The lines of a text, which turn Python's places (in bytes) into places in characters."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")

    def refusal(self, node: ast.AST, reason: str, replacement: str | None = None) -> Refusal:
        """The refusal of ``node``, from its first character to its last."""
        # Python 3.11 is not always right about what stands in an f-string of several lines.
        last = len(self._lines)
        line = min(getattr(node, "lineno", 1), last)
        end = min(max(getattr(node, "end_lineno", None) or 1, line), last)
        return Refusal(
            line,
            self._column(line, getattr(node, "col_offset", 0)),
            end,
            self._column(end, getattr(node, "end_col_offset", None) or 0),
            reason,
            replacement,
        )

    def naming(self, node: ast.AST, name: str, reason: str, new: str | None) -> Refusal:
        """The refusal of ``name``, which ``node`` binds: a function, an argument, an alias."""
        whole = self.refusal(node, reason, new)
        first = self._lines[whole.line - 1]
        found = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").search(first, whole.column - 1)
        if found is None:
            return whole
        start, end = found.start() + 1, found.end() + 1
        return Refusal(whole.line, start, whole.line, end, reason, new)

    def source(self, node: ast.AST) -> str:
        """The text of ``node``, as it was typed."""
        place = self.refusal(node, "")
        lines = self._lines[place.line - 1 : place.end_line]
        lines[-1] = lines[-1][: place.end_column - 1]
        lines[0] = lines[0][place.column - 1 :]
        return "\n".join(lines)

    def _column(self, line: int, offset: int) -> int:
        text = self._lines[line - 1]
        if text.isascii():
            return min(offset, len(text)) + 1
        return len(text.encode()[:offset].decode(errors="replace")) + 1
