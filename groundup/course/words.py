"""The glossary: the field's terms that the app uses, a sentence each, read from ``words.toml``."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import torch

from groundup.course import path
from groundup.parsing import expression_tree

_TABLE = Path(__file__).with_suffix(".toml")


class Word(NamedTuple):
    """A term, the section that introduces it, how it may be written, and what it means.

    A word beside the path has no section: it stands on ``page`` under ``settings``. ``line`` is an
    expression that shows the meaning: it is true.
    """

    term: str
    section: str
    pattern: str
    meaning: str
    id: str
    page: str
    settings: Mapping[str, str]
    line: str = ""

    @property
    def query(self) -> dict[str, str]:
        """What a link holds that leads to where it is taught."""
        taught = path.section(self.section)
        return taught.query if taught else dict(self.settings)

    @property
    def regex(self) -> re.Pattern[str]:
        """How it may be written, as whole words; ``\\w`` means what it means in a browser."""
        return re.compile(rf"(?<!\w)(?:{self.pattern})(?!\w)", re.ASCII)


@cache
def words() -> tuple[Word, ...]:
    """All words: those of the path in its order, then those beside it."""
    return tuple(_word(*entry) for entry in tomllib.loads(_TABLE.read_text("utf-8")).items())


def word(name: str) -> Word | None:
    """The word whose id is ``name``; nothing where there is none."""
    return next((one for one in words() if one.id == name), None)


def search(text: str) -> tuple[Word, ...]:
    """The words that ``text`` may mean: first what is called so, then what mentions it."""
    asked = text.strip().casefold()
    called = [one for one in words() if asked in {one.id.casefold(), one.term.casefold()}]
    mentioned = [one for one in words() if asked in f"{one.term} {one.meaning}".casefold()]
    return tuple(called + [one for one in mentioned if one not in called])


@cache
def holds(line: str) -> bool:
    """Whether the expression ``line`` of a word comes out true."""
    return bool(
        eval(compile(ast.Expression(expression_tree(line)), "word", "eval"), {"torch": torch})
    )


def _word(name: str, table: dict[str, Any]) -> Word:
    taught = path.section(table.get("section", ""))
    return Word(
        term=table.get("term", name.replace("-", " ")),
        section=taught.id if taught else "",
        pattern=table.get("pattern", re.escape(name)),
        meaning=table["meaning"],
        id=name,
        page=taught.page if taught else table["page"],
        settings=table.get("settings", {}),
        line=table.get("line", ""),
    )
