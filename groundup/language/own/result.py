"""What comes of a check: the checked text, or every place of it that is refused."""

from __future__ import annotations

import ast
from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """One place that is not in the language; lines and columns count from 1, the end is exclusive.

    ``replacement`` is what can stand at the place instead, where there is one.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    reason: str
    replacement: str | None = None


class RefusedCodeError(ValueError):
    """A text that is not in the language: every place of it, the first one first.

    The places are those of ``text``: as it was typed, but for marks of pasting that were taken out,
    of which ``cleaned`` tells, a sentence each.
    """

    def __init__(
        self, refusals: tuple[Refusal, ...], text: str = "", cleaned: tuple[str, ...] = ()
    ) -> None:
        first = refusals[0]
        super().__init__(f"Line {first.line}, column {first.column}: {first.reason}")
        self.refusals, self.text, self.cleaned = refusals, text, cleaned


@dataclass(frozen=True)
class OwnCode:
    """A checked text.

    ``text`` is what runs: as it was typed, but for marks of pasting that were taken out, of which
    ``cleaned`` tells, a sentence each.
    """

    text: str
    tree: ast.Module
    cleaned: tuple[str, ...] = ()
