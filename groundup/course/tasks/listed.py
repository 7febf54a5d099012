"""All tasks, read from the tables beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from groundup.course.tasks.task import GAP, Foreseen, Task, Way
from groundup.engine.edits import replace_once

INPUTS = "{inputs}"
GIVEN = f"import torch\n\n{INPUTS}"
_LISTS = ("hints", "others", "cheats", "keep")


@cache
def tasks() -> tuple[Task, ...]:
    """All tasks, in the order of the path."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return tuple(_task(one) for f in files for one in tomllib.loads(f.read_text("utf-8"))["tasks"])


def tasks_of(section: str) -> tuple[Task, ...]:
    """The tasks of ``section``, by its id: the first belongs to the path, the others are more."""
    return tuple(one for one in tasks() if one.section == section)


def task(name: str) -> Task | None:
    """The task called ``name``."""
    return next((one for one in tasks() if one.id == name), None)


def known(name: str) -> Task:
    """The task called ``name``.

    Raises:
        ValueError: if there is none.
    """
    found = task(name)
    if found is None:
        raise ValueError(f"there is no task called {name!r}")
    return found


def _task(table: Mapping[str, Any]) -> Task:
    made = {name: _text(value) for name, value in table.items()}
    solution = made["solution"]
    if "start_order" in made:
        made["text"] = arranged(solution, made.pop("start_order"))
    text = made.setdefault("text", "")
    inputs = made.setdefault("inputs", "")
    made["given"] = made.get("given", GIVEN if inputs else "").replace(INPUTS, inputs)
    made["after"] = made.get("after", "").replace(INPUTS, inputs)
    made.setdefault("gap", GAP if text.count(GAP) == 1 else "")
    for name in _LISTS:
        found = made.pop(name, ())
        made[name] = tuple(_written(one, solution) for one in found)
    made["foreseen"] = tuple(_foreseen(one, solution) for one in table["foreseen"])
    made["ways"] = tuple(_way(one, solution) for one in table.get("ways", ()))
    return Task(**made)


def _way(table: Mapping[str, Any], solution: str) -> Way:
    needs, without = (tuple(table.get(name, ())) for name in ("needs", "without"))
    return Way(_written(table, solution), table["said"], needs, without)


def _foreseen(table: Mapping[str, Any], solution: str) -> Foreseen:
    if "settings" in table:
        return Foreseen("", table["said"], table["settings"])
    return Foreseen(_written(table, solution), table["said"])


def _written(entry: str | Mapping[str, Any], solution: str) -> str:
    """A text, written out, or the solution with ``changes``, or in another ``order``."""
    if isinstance(entry, str):
        return entry.strip("\n")
    if "order" in entry:
        return arranged(solution, entry["order"])
    if "text" in entry:
        return str(entry["text"]).strip("\n")
    text = solution
    for change in entry["changes"]:
        text = replace_once(text, change["old"], change["new"])
    return text


def arranged(text: str, order: str) -> str:
    """The blocks of ``text`` in another order: ``"21"`` begins with the second one."""
    blocks = text.split("\n\n")
    return "\n\n".join(blocks[int(digit) - 1] for digit in order)


def _text(value: Any) -> Any:
    return value.strip("\n") if isinstance(value, str) else value
