"""Find every text of four words or more that the app may show, and who makes it."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
WORDS = 4
"""Fewer words are a name."""
NO_PROSE = {"old", "new", "symptoms"}
"""Keys of a lesson's table that hold code, or what a learner might type."""

_WORD = re.compile(r"[A-Za-zŷ]{2,}")
_JS = re.compile(r"`(?:[^`\\]|\\.)*`|\"(?:[^\"\\\n]|\\.)*\"|//[^\n]*|/\*.*?\*/", re.DOTALL)


def sentences() -> dict[str, list[str]]:
    """``{"FILE::MAKER": texts}``: what each function, constant or key of the app may say.

    A text is a whole literal, its blanks made one, ``{}`` where a value is filled in.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted([*ROOT.glob("groundup/**/*"), *ROOT.glob("app*/*.py"), *ROOT.glob("*.py")]):
        place = file.relative_to(ROOT).as_posix()
        if place.startswith(("groundup/course/", "groundup/classroom/")):
            continue  # what is said there is tried by tests/course; a room speaks SQL alone
        is_lesson = place.startswith("groundup/lessons/") and file.suffix == ".py"
        if reader := _lesson if is_lesson else _READERS.get(file.suffix):
            for maker, text in reader(file.read_text()):
                plain = " ".join(text.split())
                if len(_WORD.findall(plain)) >= WORDS and plain not in found[f"{place}::{maker}"]:
                    found[f"{place}::{maker}"].append(plain)
    return {maker: texts for maker, texts in found.items() if texts}


def _python(source: str) -> Iterator[tuple[str, str]]:
    tree = ast.parse(source)
    yield from _literals(tree, "module")
    if "import groundup" not in source and "from groundup" not in source and "torch" in source:
        yield from _comments(source)


def _lesson(source: str) -> Iterator[tuple[str, str]]:
    """A lesson's docstrings are read by learners too."""
    yield from _python(source)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield "docstring", ast.get_docstring(node) or ""


def _literals(node: ast.AST, maker: str) -> Iterator[tuple[str, str]]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Expr(value=ast.Constant()):
                continue  # a docstring: only those of lessons are shown
            case ast.JoinedStr():
                yield maker, "".join(_filled(part) for part in child.values)
                for part in child.values:
                    if isinstance(part, ast.FormattedValue):
                        yield from _literals(part, maker)
            case ast.Constant(value=str(text)):
                yield maker, text
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield from _literals(child, name if maker == "module" else f"{maker}.{name}")
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield from _literals(child, name if maker == "module" else maker)
            case _:
                yield from _literals(child, maker)


def _filled(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else "{}"


def _comments(source: str) -> Iterator[tuple[str, str]]:
    """A lesson's comments are read by learners; those that fill following lines are one text."""
    block: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        text = token.string.lstrip("# ")
        if token.type == tokenize.COMMENT and token.line.lstrip().startswith("#"):
            block.append(text)
        elif token.type == tokenize.COMMENT:
            yield "comments", text
        elif token.type != tokenize.NL:
            yield "comments", " ".join(block)
            block = []


def _toml(source: str) -> Iterator[tuple[str, str]]:
    yield from _values(tomllib.loads(source), ())


def _values(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for key, inner in value.items():
                if key not in NO_PROSE:
                    yield from _values(inner, (*path, key))
        case list():
            for inner in value:
                yield from _values(inner, path)
        case str():
            yield ".".join(path[:-1]) or "table", value


def _javascript(source: str) -> Iterator[tuple[str, str]]:
    for literal in _JS.findall(source):
        if literal[0] in '`"':
            yield "module", re.sub(r"\$\{[^}]*\}", "{}", literal[1:-1])


def _html(source: str) -> Iterator[tuple[str, str]]:
    for text in re.findall(r">([^<>]+)<|aria-label=\"([^\"]+)\"", source):
        yield "page", "".join(text)


_READERS = {".py": _python, ".toml": _toml, ".js": _javascript, ".html": _html}


def written(maker: str, texts: list[str]) -> str:
    """A row for the table, all of it still to be judged."""
    listed = "".join(f"  {json.dumps(text, ensure_ascii=False)},\n" for text in texts)
    return f'[{json.dumps(maker)}]\nclaims = [\n{listed}]\nothers = []\ntests = []\ntried = ""\n'
