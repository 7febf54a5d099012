"""The table beside a lesson, ``NAME.toml``: what may stand in it, and reading it.

Any lesson's may hold *choices* (one way of writing a step, or another) and *edits* (changes that
are made on purpose). Some lessons' hold more, for the topic that they belong to: what a topic reads
from its tables is declared here, so that a mistyped key is refused by whoever loads the lesson.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from groundup.engine.keys import Keys, Kind, ListOf, Named, faults

MISTAKES = "mistakes"
"""The folder whose lessons are mistakes."""

_CHANGES: Mapping[str, Kind] = {
    "changes": ListOf(Keys({"old": str, "new": str})),
    "unwrap": ListOf(str),
}
_EDIT = Keys({"title": str}, {"needs": Named(str), **_CHANGES})
"""``needs`` are the choices without which it cannot be made."""
_OPTION = Keys(optional={"title": str, "raises": str, **_CHANGES})
"""``raises`` is the kind of error that is shown on purpose."""
_CHOICE = Keys({"default": str, "help": str, "options": Named(_OPTION)})
_BASE: Mapping[str, Kind] = {
    "choices": Named(_CHOICE),
    "edits": Named(_EDIT),
    "without_control": ListOf(str),
}
"""``without_control`` names the parameters that no control of a page sets by their name."""

_SETTINGS = Named((bool, int, float, str))
_PRESETS = Named(Keys({"said": str, "settings": _SETTINGS}, {"fault": bool}))
_LINES = ListOf(str)
_PROMISED = Keys(
    {"title": str, "kind": str}, {"kinds": Named(str), "meaning": str, **_EDIT.optional}
)
_SECTIONS: Mapping[str, Mapping[str, Kind]] = {
    "training_loop": {"edits": Named(_PROMISED)},
    "nn_module": {
        "counterparts": ListOf(
            Keys({"name": str, "by_hand": _LINES, "by_module": _LINES, "said": str})
        )
    },
    "network": {
        "data": Named(Keys({"code": str}, {"regression": bool})),
        "initialisation": Named(str),
        "biases": Named(str),
        "score": Keys({"mse": str, "regression": str}),
        "presets": _PRESETS,
    },
    "descend": {"presets": _PRESETS},
}
"""What a lesson's table holds besides choices and edits, or in place of them, by its name."""

_MISTAKE = Keys(
    {"title": str, "promise": str, "meaning": str, "edits": Named(_EDIT, required=("fix",))},
    {"choices": Named(_CHOICE), "symptoms": ListOf(str)},
)


def read(file: Path) -> dict[str, Any]:
    """What ``file`` says; empty if there is no such file. Read it, and never change it.

    Raises:
        ValueError: if it is no TOML, or a key is unknown, missing or of the wrong kind.
    """
    return _read(file, file.stat().st_mtime_ns) if file.exists() else {}


@lru_cache(maxsize=256)
def _read(file: Path, changed: int) -> dict[str, Any]:
    """Kept for as long as the file is as it was ``changed`` last: reading TOML is slow."""
    if wrong := complaints(file):
        raise ValueError(" ".join(wrong))
    return tomllib.loads(file.read_text("utf-8"))


def complaints(file: Path) -> list[str]:
    """What is wrong with the table in ``file``, a sentence each that names it and the key."""
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        return [f"{file.name} is no TOML: {error}."]
    return [f"{file.name}: {fault}." for fault in faults(table, _wanted(file))]


def _wanted(file: Path) -> Keys:
    if MISTAKES in file.parts[-3:]:
        return _MISTAKE
    sections = _SECTIONS.get(file.stem, {})
    return Keys(required=sections, optional={k: v for k, v in _BASE.items() if k not in sections})
