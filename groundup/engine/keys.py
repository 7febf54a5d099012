"""Which keys a table may hold, and what each must be: told in sentences that name the key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ListOf:
    """A list of one kind of thing."""

    item: Kind


@dataclass(frozen=True)
class Named:
    """A table whose keys are names of the author's own, each for one kind of thing."""

    item: Kind
    required: tuple[str, ...] = ()


@dataclass(frozen=True)
class Keys:
    """A table with these keys and no others."""

    required: Mapping[str, Kind] = field(default_factory=dict)
    optional: Mapping[str, Kind] = field(default_factory=dict)


Kind = type | tuple[type, ...] | ListOf | Named | Keys
"""A type of TOML (or any of several), or something made of such."""

_WORDS: dict[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    dict: "a table",
    list: "a list",
}


def faults(value: Any, wanted: Kind, where: str = "") -> Iterator[str]:
    """Say where ``value`` is not as ``wanted``: a sentence for each unknown, missing or wrong key.

    ``where`` is the key that holds ``value``, with dots between the tables it lies in.
    """
    kinds = _kinds(wanted)
    if type(value) not in kinds:
        allowed = " or ".join(_WORDS[kind] for kind in kinds)
        yield f"{where} must be {allowed}, and is {_WORDS.get(type(value), repr(value))}"
        return
    match wanted:
        case Keys(required, optional):
            known = {**required, **optional}
            yield from _missing(value, tuple(required), where)
            yield from (_unknown(key, known, where) for key in value if key not in known)
            inside = [(key, known[key], _join(where, key)) for key in value if key in known]
        case Named(item, required):
            yield from _missing(value, required, where)
            inside = [(key, item, _join(where, key)) for key in value]
        case ListOf(item):
            inside = [(n, item, f"{where}[{n}]") for n in range(len(value))]
        case _:
            inside = []
    for key, kind, place in inside:
        yield from faults(value[key], kind, place)


def _kinds(wanted: Kind) -> tuple[type, ...]:
    match wanted:
        case Keys() | Named():
            return (dict,)
        case ListOf():
            return (list,)
        case tuple():
            return wanted
    return (wanted,)


def _missing(table: Mapping[str, Any], required: tuple[str, ...], where: str) -> Iterator[str]:
    return (f"{_join(where, key)} is missing" for key in required if key not in table)


def _unknown(key: str, known: Mapping[str, Kind], where: str) -> str:
    return f"{_join(where, key)} is no known key; there may be: {', '.join(known)}"


def _join(where: str, key: str) -> str:
    shown = key if key.isidentifier() else f'"{key}"'
    return f"{where}.{shown}" if where else shown
