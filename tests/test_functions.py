"""What holds for every function: those that draw are short, and those that are public say what."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FIGURES = sorted(ROOT.glob("groundup/figures/**/*.py"))
# A lesson's functions are read in the lesson.
DESCRIBED = sorted(
    {*ROOT.glob("groundup/**/*.py")} - {*ROOT.glob("groundup/lessons/**/*.py")},
)
MAX_LINES = 40

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def lines(function: Function) -> int:
    """The lines of the body, from its first statement after the docstring to its last."""
    body = function.body[ast.get_docstring(function) is not None :]
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def lengths(text: str) -> dict[str, int]:
    found = (node for node in ast.walk(ast.parse(text)) if isinstance(node, Function))
    return {function.name: lines(function) for function in found}


def undescribed(scope: ast.Module | ast.ClassDef) -> list[str]:
    """The public functions, classes and methods in ``scope`` that have no docstring."""
    found = []
    for node in scope.body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            found += [] if ast.get_docstring(node) else [node.name]
            found += undescribed(node) if isinstance(node, ast.ClassDef) else []
    return found


def test_a_length_is_that_of_the_body_without_its_docstring():
    text = 'class A:\n    def f(self):\n        """D."""\n\n        x = 1\n        return x\n'
    assert lengths(text + 'async def g(): ...\ndef h():\n    "d"\n') == {"f": 2, "g": 1, "h": 0}


def test_what_is_private_or_described_is_not_found_wanting():
    text = 'class A:\n    "d"\n    def f(self): ...\n    def _p(self): ...\n'
    assert undescribed(ast.parse(text + 'def g():\n    "d"\nclass B: ...\n')) == ["f", "B"]


@pytest.mark.parametrize("file", FIGURES, ids=name_of)
def test_no_function_of_a_figure_is_long(file):
    found = lengths(file.read_text("utf-8"))
    assert {name: length for name, length in found.items() if length > MAX_LINES} == {}


@pytest.mark.parametrize("file", DESCRIBED, ids=name_of)
def test_whatever_is_public_says_what_it_is(file):
    assert undescribed(ast.parse(file.read_text("utf-8"))) == []


# What docstrings refer to

REFERENCE = re.compile(r":(?:class|func|data|meth|attr):`~?([\w.]+)`")


def spoken_of(text: str) -> set[str]:
    """The last names of what the text refers to, as in ``:class:`Run```."""
    return {name.rpartition(".")[2] for name in REFERENCE.findall(text)}


def defined(text: str) -> set[str]:
    """Every name that the text defines, assigns or reads."""
    nodes = list(ast.walk(ast.parse(text)))
    names = {getattr(n, "name", getattr(n, "id", getattr(n, "attr", ""))) for n in nodes}
    return {str(name) for name in names}


def test_whatever_a_docstring_refers_to_is_there():
    texts = {file: file.read_text("utf-8") for file in DESCRIBED}
    there = set().union(*map(defined, texts.values()))
    assert {
        name_of(f): gone for f, text in texts.items() if (gone := spoken_of(text) - there)
    } == {}
    assert spoken_of('"""A :class:`~a.b.Gone`."""') - there == {"Gone"}
