"""Tensors drawn cell by cell: grids and links in, plain data for the drawing component out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from groundup.tensors.grid import Cell, Slice, grid
from groundup.tensors.storage import facts, size_text

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


def index_text(index: tuple[int, ...]) -> str:
    """``[1, 2]`` as it is written after a name; nothing for a single number."""
    return f"[{', '.join(str(i) for i in index)}]" if index else ""


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
