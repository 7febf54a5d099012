"""Where a tensor's numbers live: storages as strips of numbered places under their tensors."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import torch

from groundup.figures.tensors.grid import Picture, index_text, panel
from groundup.tensors.grid import Cell, grid
from groundup.tensors.storage import (
    MAX_PLACES,
    cell_arithmetic,
    cell_place,
    share_storage,
    storage_texts,
)


def storage_picture(
    tensors: Mapping[str, torch.Tensor],
    new_value: int,
    *,
    more: Sequence[tuple[str, str]] = (),
    pick: bool = True,
) -> Picture:
    """Tensors, and the storage or storages that they read.

    Cells that hold ``new_value`` are marked as changed; there must be none before the edit.
    ``more`` are facts to stand under the picture; ``pick`` lets cells be clicked.
    """
    homes = storages(tensors)
    links, notes = _all_links(tensors, homes)
    press = f" Click it to write {new_value} into it." if pick else ""
    return Picture(
        _panels(tensors, homes, new_value, pick),
        links=links,
        notes=notes,
        hint=f"Point at a cell to see where it lives.{press}",
        facts=more,
        pickable=tuple(tensors) if pick else (),
    )


def _all_links(
    tensors: Mapping[str, torch.Tensor], homes: Mapping[str, torch.Tensor]
) -> tuple[dict[str, Any], dict[str, Any]]:
    links: dict[str, Any] = {}
    notes: dict[str, Any] = {}
    for home, owner in homes.items():
        readers = {n: x for n, x in tensors.items() if share_storage(x, owner)}
        its_links, its_notes = storage_links(readers, home)
        links |= its_links
        notes |= its_notes
    return links, notes


def _panels(
    tensors: Mapping[str, torch.Tensor],
    homes: Mapping[str, torch.Tensor],
    new_value: int,
    pick: bool,
) -> list[dict[str, Any]]:
    panels = [
        panel(name, x, marks={"changed": _holding(x, new_value)}, can=pick)
        for name, x in tensors.items()
    ]
    strips = [
        strip(name, x, name, {"changed": _places_holding(x, new_value)})
        for name, x in homes.items()
    ]
    return [*panels, *strips]


def storages(tensors: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Each storage behind ``tensors`` once, as its first owner: ``storage``, ``storage of X``."""
    homes: dict[str, torch.Tensor] = {}
    for name, x in tensors.items():
        if not any(share_storage(x, owner) for owner in homes.values()):
            homes[f"storage of {name}" if homes else "storage"] = x
    return homes


def _holding(tensor: torch.Tensor, value: int) -> list[int]:
    places: list[int] = (tensor.flatten() == value).nonzero().flatten().tolist()
    return places


def _places_holding(tensor: torch.Tensor, value: int) -> list[int]:
    return [place for place, text in enumerate(storage_texts(tensor)) if text == str(value)]


def view_facts(t: torch.Tensor, other: torch.Tensor | None) -> list[tuple[str, str]]:
    """What a view shares with its base, and what it has of its own."""
    if other is None:
        return [("t.stride()", str(tuple(t.stride())))]
    return [
        ("t.stride()", str(tuple(t.stride()))),
        ("other.stride()", str(tuple(other.stride()))),
        ("one storage for both", "yes: a view" if share_storage(t, other) else "no: a copy"),
        ("other.storage_offset()", str(other.storage_offset())),
        ("other.is_contiguous()", str(other.is_contiguous())),
        ("bytes held", " + ".join(_held_by(t, other))),
    ]


def _held_by(t: torch.Tensor, other: torch.Tensor) -> list[str]:
    owners = [t] if share_storage(t, other) else [t, other]
    return [f"{owner.untyped_storage().nbytes()}" for owner in owners]


def storage_links(
    tensors: Mapping[str, torch.Tensor], home: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Links and notes between tensors that read one storage and its strip called ``home``."""
    links: dict[str, dict[int, dict[str, list[int]]]] = {name: {} for name in (*tensors, home)}
    notes = {name: _whereabouts(name, x) for name, x in tensors.items()} | {home: {}}
    for place, cells in _readers(tensors).items():
        together: dict[str, list[int]] = {home: [place]}
        for name, cell in cells:
            together.setdefault(name, []).append(cell.flat)
            links[name][cell.flat] = together
        links[home][place] = together
        who = ", ".join(f"{name}{index_text(cell.index)}" for name, cell in cells)
        notes[home][place] = f"place {place} is read by {who}"
    return links, notes


def _readers(tensors: Mapping[str, torch.Tensor]) -> dict[int, list[tuple[str, Cell]]]:
    """Each place of the storage that is read, with the drawn cells that read it."""
    readers: dict[int, list[tuple[str, Cell]]] = {}
    for name, tensor in tensors.items():
        for cell in _cells(tensor):
            readers.setdefault(cell_place(tensor, cell.index), []).append((name, cell))
    return readers


def _whereabouts(name: str, tensor: torch.Tensor) -> dict[int, str]:
    """For each drawn cell, how its place in the storage comes from its index."""
    return {
        cell.flat: f"{name}{index_text(cell.index)} is at place "
        f"{cell_arithmetic(tensor, cell.index)}   {_formula(tensor)}"
        for cell in _cells(tensor)
    }


def _cells(tensor: torch.Tensor) -> Sequence[Cell]:
    drawn = grid(tensor)
    return drawn.cells if drawn else ()


def _formula(tensor: torch.Tensor) -> str:
    letters = "ijkl"[: tensor.ndim]
    terms = [f"{i}·{s}" for i, s in zip(letters, tensor.stride(), strict=True)]
    start = [str(int(tensor.storage_offset()))] if tensor.storage_offset() else []
    return f"({' + '.join(start + terms)})" if terms else ""


def strip(
    name: str, tensor: torch.Tensor, title: str, marks: Mapping[str, Collection[int]] | None = None
) -> dict[str, Any]:
    """The storage of ``tensor`` as a strip of numbered places."""
    texts = storage_texts(tensor)
    count = tensor.untyped_storage().nbytes() // tensor.element_size()
    return {
        "id": name,
        "title": title,
        "caption": f"{count:,} places of {tensor.element_size()} "
        f"byte{'s' * (tensor.element_size() != 1)}, one after the other",
        "axes": [],
        "blocks": [],
        "says": "" if texts else "no places: this tensor holds no numbers",
        "places": texts,
        "more": f"… and {count - MAX_PLACES:,} more" if count > MAX_PLACES else "",
        "sign": "",
        "marks": {mark: sorted(flats) for mark, flats in (marks or {}).items()},
        "can": False,
        "dense": False,
    }
