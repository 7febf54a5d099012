"""Tensors drawn cell by cell: grids and links in, plain data for the drawing component out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from groundup.grid import Cell, Slice, grid
from groundup.storage import (
    MOST_PLACES,
    cell_arithmetic,
    cell_place,
    facts,
    share_storage,
    size_text,
    storage_texts,
)

Links = Mapping[str, Mapping[int, Mapping[str, Sequence[int]]]]
"""Panel, cell, other panel: the cells there that belong to this one."""
Notes = Mapping[str, Mapping[int, str]]


@dataclass(frozen=True)
class Picture:
    """What the component draws: panels side by side, and what lights when a cell is pointed at."""

    panels: Sequence[Mapping[str, Any]]
    links: Links = field(default_factory=dict)
    notes: Notes = field(default_factory=dict)
    hint: str = ""
    facts: Sequence[tuple[str, str]] = ()
    lit: tuple[str, int] | None = None
    pickable: tuple[str, ...] = ()
    align: Mapping[str, Any] | None = None

    @property
    def data(self) -> dict[str, Any]:
        """As JSON types."""
        return {
            "panels": list(self.panels),
            "links": self.links,
            "notes": self.notes,
            "hint": self.hint,
            "facts": [list(fact) for fact in self.facts],
            "lit": self.lit,
            "pickable": list(self.pickable),
            "align": self.align,
        }


def portrait(name: str, tensor: torch.Tensor) -> Picture:
    """One tensor with its attributes; pointing at a cell tells its index and value."""
    drawn = grid(tensor)
    notes = (
        {c.flat: f"{name}{index_text(c.index)} = {c.text}" for c in drawn.cells} if drawn else {}
    )
    return Picture(
        [panel(name, tensor)],
        notes={name: notes},
        hint="Point at a cell to read its index and its value." if notes else "",
        facts=fact_texts(tensor),
    )


def latest(variables: Mapping[str, Any], names: Sequence[str]) -> Picture:
    """The portrait of the first of ``names`` that the run got to make, if it made any."""
    for name in names:
        if isinstance(variables.get(name), torch.Tensor):
            return portrait(name, variables[name])
    return Picture([])


def portraits(tensors: Mapping[str, torch.Tensor]) -> Picture:
    """Several tensors side by side, each with its dtype under its name."""
    panels = [
        panel(name, x, title=f"{name}: {str(x.dtype).removeprefix('torch.')}")
        for name, x in tensors.items()
    ]
    return Picture(panels)


def fact_texts(tensor: torch.Tensor) -> list[tuple[str, str]]:
    """The attributes of ``tensor``, the three key ones first, as (code, value)."""
    known = facts(tensor)
    cost = f"{known.numel:,} × {known.element_size} = {size_text(known.bytes)}"
    return [
        (".shape", str(known.shape)),
        (".dtype", f"torch.{known.dtype}"),
        (".device", known.device),
        (".ndim", str(known.ndim)),
        (".numel()", f"{known.numel:,}"),
        (".stride()", str(known.strides)),
        (".is_contiguous()", str(known.contiguous)),
        (".nbytes", f"{cost}, not allocated" if tensor.is_meta else cost),
    ]


def panel(
    name: str,
    tensor: torch.Tensor,
    *,
    sign: str = "",
    title: str = "",
    marks: Mapping[str, Collection[int]] | None = None,
    can: bool = False,
) -> dict[str, Any]:
    """One tensor as a panel called ``name``; ``sign`` stands before it, ``marks`` name cells."""
    drawn = grid(tensor)
    return {
        "id": name,
        "title": title or name,
        "caption": f"shape {tuple(tensor.shape)}",
        "axes": list(drawn.axes) if drawn else [],
        "blocks": [[_block(b) for b in row] for row in drawn.slices] if drawn else [],
        "says": _says(tensor, drawn is not None),
        "places": None,
        "sign": sign,
        "marks": {mark: sorted(flats) for mark, flats in (marks or {}).items()},
        "can": can,
        "dense": tensor.numel() > 40,
    }


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
        "more": f"… and {count - MOST_PLACES:,} more" if count > MOST_PLACES else "",
        "sign": "",
        "marks": {mark: sorted(flats) for mark, flats in (marks or {}).items()},
        "can": False,
        "dense": False,
    }


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
    links: dict[str, Any] = {}
    notes: dict[str, Any] = {}
    for home, owner in homes.items():
        readers = {n: x for n, x in tensors.items() if share_storage(x, owner)}
        its_links, its_notes = storage_links(readers, home)
        links |= its_links
        notes |= its_notes
    panels = [
        panel(name, x, marks={"changed": _holding(x, new_value)}, can=pick)
        for name, x in tensors.items()
    ]
    strips = [
        strip(name, x, name, {"changed": _places_holding(x, new_value)})
        for name, x in homes.items()
    ]
    press = f" Click it to write {new_value} into it." if pick else ""
    return Picture(
        [*panels, *strips],
        links=links,
        notes=notes,
        hint=f"Point at a cell to see where it lives.{press}",
        facts=more,
        pickable=tuple(tensors) if pick else (),
    )


def storages(tensors: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Each storage behind ``tensors`` once, as its first owner: ``storage``, ``storage of X``."""
    homes: dict[str, torch.Tensor] = {}
    for name, x in tensors.items():
        if not any(share_storage(x, owner) for owner in homes.values()):
            homes[f"storage of {name}" if homes else "storage"] = x
    return homes


def _holding(tensor: torch.Tensor, value: int) -> list[int]:
    found: list[int] = (tensor.flatten() == value).nonzero().flatten().tolist()
    return found


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
        ("bytes held", " + ".join(_held(t, other))),
    ]


def _held(t: torch.Tensor, other: torch.Tensor) -> list[str]:
    owners = [t] if share_storage(t, other) else [t, other]
    return [f"{owner.untyped_storage().nbytes()}" for owner in owners]


def storage_links(
    tensors: Mapping[str, torch.Tensor], home: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Links and notes between tensors that read one storage and its strip called ``home``."""
    links: dict[str, dict[int, dict[str, list[int]]]] = {name: {} for name in (*tensors, home)}
    notes: dict[str, dict[int, str]] = {name: {} for name in (*tensors, home)}
    readers: dict[int, list[tuple[str, Cell]]] = {}
    for name, tensor in tensors.items():
        drawn = grid(tensor)
        for cell in drawn.cells if drawn else ():
            readers.setdefault(cell_place(tensor, cell.index), []).append((name, cell))
            sum_ = cell_arithmetic(tensor, cell.index)
            text = f"{name}{index_text(cell.index)} is at place {sum_}   {_formula(tensor)}"
            notes[name][cell.flat] = text
    for place, cells in readers.items():
        together: dict[str, list[int]] = {home: [place]}
        for name, cell in cells:
            together.setdefault(name, []).append(cell.flat)
        links[home][place] = together
        who = ", ".join(f"{name}{index_text(cell.index)}" for name, cell in cells)
        notes[home][place] = f"place {place} is read by {who}"
        for name, cell in cells:
            links[name][cell.flat] = together
    return links, notes


def index_text(index: tuple[int, ...]) -> str:
    """``[1, 2]`` as it is written after a name; nothing for a single number."""
    return f"[{', '.join(str(i) for i in index)}]" if index else ""


def _formula(tensor: torch.Tensor) -> str:
    letters = "ijkl"[: tensor.ndim]
    terms = [f"{i}·{s}" for i, s in zip(letters, tensor.stride(), strict=True)]
    start = [str(int(tensor.storage_offset()))] if tensor.storage_offset() else []
    return f"({' + '.join(start + terms)})" if terms else ""


def _says(tensor: torch.Tensor, drawn: bool) -> str:
    if not tensor.numel():
        return "no cells: a size is 0"
    return "" if drawn else f"{tensor.ndim} dimensions: described, not drawn"


def _block(table: Slice | None) -> dict[str, Any] | None:
    if table is None:
        return None
    return {
        "label": table.label,
        "columns": list(table.columns),
        "rows": [[label, [_cell(c) for c in cells]] for label, cells in table.rows],
    }


def _cell(cell: Cell | None) -> list[Any] | None:
    return [cell.text, cell.flat, index_text(cell.index) or "the number"] if cell else None
