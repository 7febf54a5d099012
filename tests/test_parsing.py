"""Syntax trees are made by one thread at a time: Python 3.11 counts their depth for all."""

import ast
import threading
from pathlib import Path

from groundup import parsing

GROUNDUP = Path(parsing.__file__).parent


def makes_a_tree(node):
    """Whether ``node`` is a call that parses, wherever it stands."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name("ast"), attr="parse")):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name("ast"), attr="literal_eval"), args=[given]):
            # Of a tree it makes a value; of a text it would make a tree first.
            return isinstance(given, ast.Constant) or getattr(given, "id", "") == "text"
    return False


def test_no_file_parses_beside_the_lock():
    found = {
        file.relative_to(GROUNDUP).as_posix()
        for file in GROUNDUP.rglob("*.py")
        if any(makes_a_tree(node) for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    }
    # The command line has one thread.
    assert found == {"parsing.py", "__main__.py"}


def test_a_text_is_parsed_while_no_other_is(monkeypatch):
    at_once, most = [0], [0]
    real = ast.parse

    def parse(*given, **more):
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        threading.Event().wait(0.001)
        at_once[0] -= 1
        return real(*given, **more)

    monkeypatch.setattr(parsing.ast, "parse", parse)
    kinds = (parsing.syntax_tree, parsing.expression_tree, parsing.literal_value)
    threads = [threading.Thread(target=kinds[n % 3], args=(str(n),)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


def test_a_literal_is_what_python_reads():
    assert parsing.literal_value("  [1, 2.5, (3,)]") == [1, 2.5, (3,)]
