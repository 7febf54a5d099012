"""The shape lab's picture: dimensions aligned, both inputs, and what makes each cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from groundup.figures.tensors.grid import Picture, index_text, panel
from groundup.shapes.cell_links import both_ways, sources
from groundup.shapes.cell_notes import SIGNS, notes
from groundup.shapes.factor_links import Sources
from groundup.shapes.question import takes_two
from groundup.shapes.rules import ELEMENTWISE, LAYERS, Part, Question, Verdict
from groundup.tensors.grid import grid

_WORDS = {
    "same": "✓ equal",
    "stretched": "↔ stretched",
    "clash": "✗ clash",
    "row": "rows of a",
    "column": "columns of b",
    "inner": "✓ equal, summed away",
    "joined": "+ joined",
    "new": "★ new",
    "gone": "✂ gone",
    "kept": "kept",
    "window": "windows",
}


_HINT = "Point at a cell of the result: what it is made of lights up."
_OF_FACTORS = {"@", "einsum", "nn.Linear", "nn.Conv2d", "nn.MaxPool2d"}
"""Operations whose every result cell takes many cells: the first one's are lit at once."""


def alignment(q: Question, verdict: Verdict) -> dict[str, Any]:
    """The shapes under each other, each pair of sizes with a mark in words."""
    if not verdict.parts:
        return _bare(q, verdict)
    rows = [_row("a", verdict.parts, "a")]
    if any(part.b is not None for part in verdict.parts):
        rows.append(_row("layer takes" if q.op in LAYERS else "b", verdict.parts, "b"))
    if verdict.result is not None:
        rows.append(_row("result", verdict.parts, "result"))
    return {"rows": rows, "marks": [_word(part) for part in verdict.parts]}


def _row(name: str, parts: tuple[Part, ...], which: str) -> dict[str, Any]:
    sizes = [getattr(part, which) for part in parts]
    cells = [_size(size, part, which) for size, part in zip(sizes, parts, strict=True)]
    return {"name": name, "sizes": cells, "kind": which}


def _size(size: int | None, part: Part, which: str) -> list[str]:
    if size is None and part.mark == "stretched" and which != "result":
        return [f"(1) → {part.result:,}", "stretched-size"]
    if size is None:
        return ["·", "none"]
    stretched = part.mark == "stretched" and size == 1 and part.result != 1
    style = "stretched-size" if stretched and which != "result" else part.mark
    arrow = f"{size} → {part.result}" if stretched and which != "result" else f"{size:,}"
    return [arrow, style]


def _word(part: Part) -> str:
    if part.note:
        return part.note
    if part.mark == "moved":
        return f"was dim {part.a_dim}"
    if part.mark == "stretched" and 1 not in (part.a, part.b):
        return "↔ missing counts as 1"
    if part.mark == "gone" and part.result == 1:
        return "✂ down to 1"
    if part.mark == "joined":
        return f"+ joined: {part.a} + {part.b}"
    return _WORDS[part.mark]


def _bare(q: Question, verdict: Verdict) -> dict[str, Any]:
    """The shapes alone, aligned from the right, where no pair of sizes can be named."""
    shapes = {"a": q.a.shape} | ({"b": q.b.shape} if takes_two(q.op, q.spec) else {})
    if verdict.result is not None:
        shapes["result"] = verdict.result
    width = max((len(shape) for shape in shapes.values()), default=0)
    rows = [
        {
            "name": name,
            "sizes": [["", "none"]] * (width - len(shape))
            + ([[f"{size:,}", ""] for size in shape] or [["a single number", "none"]]),
            "kind": name,
        }
        for name, shape in shapes.items()
    ]
    return {"rows": rows, "marks": []}


def lab_picture(q: Question, verdict: Verdict, variables: Mapping[str, Any]) -> Picture:
    """What the lab shows; ``variables`` are those of the lesson that ran (or failed)."""
    tensors = _shown(variables)
    if any(tensor.is_meta for tensor in tensors.values()):
        return Picture([], align=alignment(q, verdict))  # no number is there to be drawn
    panels = [panel(n, x, sign=_sign(q.op, n), title=_title(n)) for n, x in tensors.items()]
    links = sources(q, tensors["a"]) if "result" in tensors else None
    if links is None:
        return Picture(panels, align=alignment(q, verdict), notes=_indices(tensors))
    return Picture(
        panels,
        links=both_ways(links),
        notes=_indices(tensors) | {"result": _working(q, links, tensors)},
        hint=_HINT if grid(tensors["result"]) and _made_of_cells(links) else "",
        lit=("result", 0) if links and q.op in _OF_FACTORS else None,
        align=alignment(q, verdict),
    )


def _made_of_cells(links: Sources) -> bool:
    return any(any(parts.values()) for parts in links)


def _shown(variables: Mapping[str, Any]) -> dict[str, torch.Tensor]:
    """The tensors that have a panel, in its order; a layer's own parameters are two of them."""
    layer = variables.get("layer")
    if isinstance(layer, torch.nn.Module):
        variables = {**variables, **dict(layer.named_parameters())}
    names = ("a", "b", "weight", "bias", "result")
    return {n: variables[n] for n in names if isinstance(variables.get(n), torch.Tensor)}


def _working(q: Question, links: Sources, tensors: dict[str, torch.Tensor]) -> dict[int, str]:
    """How each cell of the result comes about, in numbers."""
    drawn = grid(tensors["result"])
    names = {c.flat: f"result{index_text(c.index)}" for c in drawn.cells} if drawn else {}
    return {
        cell: f"{names.get(cell, 'result')} = {text}"
        for cell, text in enumerate(notes(q, links, tensors))
    }


def inputs_picture(q: Question, variables: Mapping[str, Any]) -> Picture:
    """The inputs alone: what a learner sees who guesses the result first."""
    shown = {name: variables[name] for name in ("a", "b") if name in variables}
    panels = [panel(name, x, sign=_sign(q.op, name)) for name, x in shown.items()]
    return Picture(panels, notes=_indices(shown), align=_bare(q, Verdict(None, "")))


def _indices(tensors: Mapping[str, torch.Tensor]) -> dict[str, dict[int, str]]:
    grids = {name: grid(tensor) for name, tensor in tensors.items()}
    return {
        name: {c.flat: f"{name}{index_text(c.index)} = {c.text}" for c in drawn.cells}
        for name, drawn in grids.items()
        if drawn
    }


def _title(name: str) -> str:
    return f"layer.{name}" if name in {"weight", "bias"} else name


def _sign(op: str, name: str) -> str:
    if name == "a":
        return ""
    if name == "result":
        return "=" if op in {"@", *ELEMENTWISE, "nn.Linear", "nn.Conv2d", "einsum"} else "→"
    return {"@": "@", **SIGNS}.get(op, "," if name == "b" else "")
