"""From a text to its tree: sizes and depths are bounded, and faults told in Python's words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager

from groundup.language.own.result import Refusal
from groundup.language.own.slips import slip
from groundup.language.twins import foreign, meant
from groundup.parsing import syntax_tree

MAX_CHARACTERS = 20_000
MAX_LINES = 500
MAX_BRACKETS = 40
MAX_INDENT = 100
MAX_DEPTH = 100
MAX_NODES = 12_000

_CHARACTERS = "the text has {count:,} characters; {most:,} are the most. Write a shorter one."
_LINES = "this is line {count}; a text has at most {most}. Write a shorter one."
_BRACKETS = "brackets may nest {most} deep. Split the line, with a name for each part."
_INDENTED = "a line may begin with {most} spaces. Split the text into functions."
_DEPTH = "this nests too deeply. Split it into several lines, each with a name."
_NODES = "the text is too long. Write a shorter one."
_SYNTAX = "this is not Python: {message}."
_UNSEEN = "{shown} cannot be used here. Take it out."

_PIECES = re.compile(
    r"'{3}(?s:.)*?'{3}|\"{3}(?s:.)*?\"{3}|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|#[^\n]*"
)


_BRACKET = re.compile(r"[(\[{)\]}]")


class UnreadableError(ValueError):
    """A text that is no Python, or too much of it."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(refusals[0].reason)
        self.refusals = refusals


def bound_length(text: str, most: int = MAX_CHARACTERS) -> None:
    """Refuse a ``text`` of more than ``most`` characters.

    Raises:
        UnreadableError: at its first character.
    """
    if len(text) > most:
        raise UnreadableError(_at(1, 1, _CHARACTERS.format(count=len(text), most=MAX_CHARACTERS)))


def read(text: str) -> ast.Module:
    """The tree of ``text``, whose size and depth are bounded.

    Raises:
        UnreadableError: with the places that cannot be read.
    """
    _bound_text(text)
    lines = text.split("\n")
    if slips := [found for n, line in enumerate(lines, 1) for found in _line(n, line)]:
        raise UnreadableError(*slips)
    code = _code(text)
    if odd := _odd(code):
        raise UnreadableError(*odd)
    _bound_brackets(code)
    with _told(text):
        tree = syntax_tree(text)
        _bound_tree(tree)
        # Some faults, such as a return outside a function, are found by the compiler alone.
        compile(text, "<your code>", "exec", dont_inherit=True)
    return tree


def _at(line: int, column: int, reason: str, length: int = 1, new: str | None = None) -> Refusal:
    return Refusal(line, column, line, column + length, reason, new)


def _bound_text(text: str) -> None:
    bound_length(text)
    if text.count("\n") > MAX_LINES:
        reason = _LINES.format(count=MAX_LINES + 1, most=MAX_LINES)
        raise UnreadableError(_at(MAX_LINES + 1, 1, reason))


def _line(number: int, line: str) -> list[Refusal]:
    """What a whole line shows: a notebook's commands, and a line that is too far to the right."""
    indent = len(line) - len(line.lstrip(" "))
    if indent > MAX_INDENT and line.strip():
        return [_at(number, 1, _INDENTED.format(most=MAX_INDENT))]
    return []


def _code(text: str) -> list[str]:
    """The lines of ``text``, blanks where a text in quotes or a comment stands."""
    blank = _PIECES.sub(lambda piece: re.sub(r"[^\n]", " ", piece[0]), text)
    return blank.split("\n")


def _odd(code: list[str]) -> list[Refusal]:
    """Characters that Python does not know: what each is, and what is meant."""
    found = []
    for number, line in enumerate(code, 1):
        if line.isascii() and line.isprintable():
            continue
        for column, character in enumerate(line, 1):
            if not character.isprintable():
                found.append(_at(number, column, _UNSEEN.format(shown=ascii(character)), 1, ""))
            elif reason := foreign(character):
                found.append(_at(number, column, reason, 1, meant(character)))
    return found


def _bound_brackets(code: list[str]) -> None:
    depth = 0
    for number, line in enumerate(code, 1):
        for column, character in enumerate(line if _BRACKET.search(line) else "", 1):
            depth += (character in "([{") - (character in ")]}")
            if depth > MAX_BRACKETS:
                raise UnreadableError(_at(number, column, _BRACKETS.format(most=MAX_BRACKETS)))


@contextmanager
def _told(text: str) -> Iterator[None]:
    """Turn what Python says about ``text`` into refusals."""
    try:
        yield
    except SyntaxError as error:
        raise UnreadableError(_fault(text, error)) from None
    except UnreadableError:
        raise
    except (RecursionError, MemoryError, ValueError):
        raise UnreadableError(_at(1, 1, _DEPTH)) from None


def _fault(text: str, error: SyntaxError) -> Refusal:
    """Python's own words about a fault, with its place, and what is meant where that is known."""
    lines = text.split("\n")
    line = min(max(error.lineno or 1, 1), len(lines))
    column = min(max(error.offset or 1, 1), len(lines[line - 1]) + 1)
    last = error.end_lineno if error.end_lineno and error.end_lineno >= line else line
    end = error.end_offset if error.end_offset and error.end_offset > 0 else column + 1
    if last == line:
        end = max(end, column + 1)
    if found := slip(lines[line - 1], error.msg, line, column):
        return found
    message = error.msg[:200].rstrip(".")
    return Refusal(line, column, last, end, _SYNTAX.format(message=message))


def _bound_tree(tree: ast.Module) -> None:
    level: list[ast.AST] = [tree]
    seen = depth = 0
    while level:
        seen, depth = seen + len(level), depth + 1
        if depth > MAX_DEPTH or seen > MAX_NODES:
            where = next((node for node in level if hasattr(node, "lineno")), tree)
            line = getattr(where, "lineno", 1)
            raise UnreadableError(_at(line, 1, _DEPTH if depth > MAX_DEPTH else _NODES))
        level = [child for node in level for child in ast.iter_child_nodes(node)]
