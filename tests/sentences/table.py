"""The table: for each maker of texts, which of them claim something and what tried to refute it."""

from __future__ import annotations

import ast
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.sentences.harvest import ROOT

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Row:
    """What one function, constant or key may say.

    A claim states a number or a cause; the others name, ask, or say what to type. ``tried`` says at
    which settings the ``tests`` (``FILE::FUNCTION``) would find a claim false.
    """

    claims: list[str]
    others: list[str]
    tests: list[str]
    tried: str

    def faults(self, said: list[str]) -> list[str]:
        """What is missing from the row, or too much in it, for a maker that says ``said``."""
        listed = self.claims + self.others
        found = [f"not listed: {text}" for text in said if text not in listed]
        found += [f"said no longer: {text}" for text in listed if text not in said]
        found += [f"no such test: {test}" for test in self.tests if not exists(test)]
        if self.claims and not (self.tests and self.tried):
            found.append(f"claimed, and tried by no test: {self.claims[0]}")
        return found


def rows() -> dict[str, Row]:
    """``{"FILE::MAKER": row}`` of all tables; ValueError for a maker that stands in two."""
    found: dict[str, Row] = {}
    for file in sorted(HERE.glob("*.toml")):
        for maker, row in tomllib.loads(file.read_text()).items():
            if maker in found:
                raise ValueError(f"{file.name}: {maker} stands in another table too")
            found[maker] = Row(**row)
    return found


def exists(test: str) -> bool:
    """Whether ``FILE::FUNCTION`` names a test of this project."""
    file, _, name = test.partition("::")
    return name.startswith("test_") and name in _functions(file)


@cache
def _functions(file: str) -> frozenset[str]:
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text())
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
