"""Who may import what, and where definitions may stand."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LESSONS = [p for p in ROOT.glob("groundup/lessons/**/*.py") if p.name != "__init__.py"]
CORE = [p for p in ROOT.glob("groundup/**/*.py") if p.relative_to(ROOT).parts[1] != "ui"]
PAGES = list(ROOT.glob("app_pages/*.py"))


def imported(file):
    """The top-level names that ``file`` imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("file", LESSONS, ids=lambda p: p.stem)
def test_a_lesson_imports_torch_and_the_standard_library_alone(file):
    assert set(imported(file)) <= {"torch", *sys.stdlib_module_names}


@pytest.mark.parametrize("file", CORE, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_core_and_the_figures_know_no_screen(file):
    assert "streamlit" not in set(imported(file))


@pytest.mark.parametrize("file", [*PAGES, ROOT / "app.py"], ids=lambda p: p.stem)
def test_a_page_is_a_script_without_definitions(file):
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    assert not [node for node in nodes if isinstance(node, kinds)]


def test_streamlit_keeps_its_hands_off_the_pages():
    """A folder called pages/ would be served without app.py on a fresh server's first deep link."""
    assert not (ROOT / "pages").exists()
