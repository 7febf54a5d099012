"""The chain's picture: what stands before and after each operation, drawn to scale."""

from __future__ import annotations

import math
from typing import Any

from groundup.engine.literals import Shape, show_shape
from groundup.shapes.chain import Chain, Link, written
from groundup.shapes.question import Part, Question

MAX_SHEETS = 8
"""More channels than these are drawn as so many sheets."""
_SIDE = (10, 64)
"""The shortest and the longest side of a picture, in pixels."""
_BAR = (14, 92)


def chain_picture(chain: Chain) -> dict[str, Any]:
    """Stages and the operations between them, as JSON types."""
    shapes = [chain.links[0].question.a.shape]
    shapes += [link.verdict.result for link in chain.links if link.verdict.result is not None]
    longest = max((max(shape[-2:], default=1) for shape in shapes if len(shape) > 2), default=1)
    count = len(chain.links) + len(chain.after)
    names = ["a", *(f"x{n}" for n in range(1, count)), "result"]
    stages = [_stage(name, shape, longest) for name, shape in zip(names, shapes, strict=False)]
    operations = [_operation(link, _before(chain, n)) for n, link in enumerate(chain.links)]
    operations += [{"text": written(q), "notes": [], "state": "waits"} for q in chain.after]
    return {"stages": stages, "operations": operations}


def _before(chain: Chain, number: int) -> Question | None:
    return chain.links[number - 1].question if number else None


def _stage(name: str, shape: Shape, longest: int) -> dict[str, Any]:
    stage: dict[str, Any] = {"name": name, "shape": show_shape(shape), "says": _in_words(shape)}
    if len(shape) in (3, 4) and 0 not in shape:
        height, width = (_scaled(n, longest, _SIDE) for n in shape[-2:])
        sheets = min(shape[-3], MAX_SHEETS)
        return stage | {"sheets": sheets, "height": height, "width": width}
    last = shape[-1] if shape else 1
    return stage | {"sheets": 1, "width": 12, "height": _scaled(last, 512, _BAR)}


def _scaled(size: int, longest: int, room: tuple[int, int]) -> int:
    """Pixels for ``size``: by its square root, so that large ones leave the small ones visible."""
    low, high = room
    return round(low + (high - low) * min(1.0, math.sqrt(size / max(longest, 1))))


def _in_words(shape: Shape) -> str:
    match shape:
        case (batch, channels, height, width):
            return f"{batch:,} × {channels:,} channels of {height:,} × {width:,}"
        case (rows, features):
            return f"{rows:,} rows of {features:,}"
    return f"{math.prod(shape):,} numbers"


def _operation(link: Link, before: Question | None) -> dict[str, Any]:
    state = "fails" if link.verdict.result is None else "trap" if link.verdict.trap else "fits"
    return {"text": link.text, "notes": _notes(link, before), "state": state}


def _notes(link: Link, before: Question | None) -> list[str]:
    """The arithmetic of an operation: what each size that changes comes from."""
    q, parts = link.question, link.verdict.parts
    if q.op == "nn.Linear" and parts:
        last = parts[-1]
        came_from = _product(before, last.a)
        if last.mark == "clash":
            return [f"takes {last.b:,}, gets {last.a:,}", *came_from]
        return [f"{last.a:,} in, {last.result:,} out", *came_from]
    notes = dict.fromkeys(_note(part) for part in parts)
    texts = [note.removeprefix("✓ ") for note in notes if note and not note.startswith("→")]
    if not texts and q.op in {"view", "reshape"}:
        return [f"{math.prod(q.a.shape):,} cells stay"]
    return texts


def _note(part: Part) -> str:
    if part.note or part.mark not in {"clash", "gone"}:
        return part.note
    if part.mark == "gone":
        return f"dimension {part.a_dim} goes"
    return f"takes {part.b:,}, gets {part.a:,}" if part.b is not None else ""


def _product(before: Question | None, size: int | None) -> list[str]:
    """Where a number of features comes from, when the operation before put dimensions together."""
    if before is None or before.op not in {"flatten", "view", "reshape"}:
        return []
    inner = before.a.shape[1:]
    if len(inner) < 2 or math.prod(inner) != size:
        return []
    return [f"{size:,} = {' × '.join(f'{n:,}' for n in inner)}"]
