"""The parts of a line as a browser gets them: where each stands, and what it was worth.

A part is a dictionary. ``at`` is ``[line, column, last line, column after its end]``. A tensor has
``shape``, ``dtype`` and its first ``values`` (``missing`` says why there are none); what holds
other things has ``kind``, ``type`` and ``length``; anything else has its ``text``.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from groundup.engine.text import parsed
from groundup.engine.trace.clashes import clash
from groundup.engine.trace.entries import Entry, GroupEntry, TensorEntry, Value
from groundup.engine.trace.expressions import Expression
from groundup.engine.trace.wire import digits

MOST = 150
"""Parts of one statement that are sent."""
VALUES = 4
"""Values of a tensor that are sent."""

Part = dict[str, Any]


_OTHERWISE = {"time", "datetime", "random", "secrets", "uuid", "os"}
"""Modules whose answers are others each time."""


def may_differ(text: str) -> bool:
    """Whether ``text``, run again, may say something else than it said when it was recorded."""
    imported: set[str] = set()
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.Import):
            imported.update(one.name.partition(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    return bool(imported & _OTHERWISE)


def parts(found: Sequence[Expression]) -> list[Part]:
    """The parts that were evaluated, in their order."""
    evaluated = [one for one in found if one.value is not None]
    return [_part(one) for one in evaluated[:MOST]]


def fault(found: Sequence[Expression]) -> Part | None:
    """The part that raised: ``operator``, ``operands``, which of their sizes ``clash``, and
    ``raised``, the exception's type.

    Where a linear layer was called with one tensor, its matrix is the last operand (``name`` says
    how it is written), for that is what the operand before it met. None if no part raised.
    """
    if not found or found[-1].value is not None:
        return None
    failed = found[-1]
    operands = [_part(one) for one in failed.operands if one.value is not None][:MOST]
    operator = failed.operator
    shaped = [at for at, one in enumerate(operands) if "shape" in one]
    if len(shaped) == 1 and failed.matrix:
        named = {"name": f"{failed.operator}.weight.T", "shape": list(failed.matrix)}
        operator, operands, shaped = "@", [operands[shaped[0]], named], [0, 1]
    unfit = clash(operator, [tuple(operands[at]["shape"]) for at in shaped])
    return {
        "at": list(failed.span),
        "operator": failed.operator,
        "operands": operands,
        "raised": failed.raised,
        "clash": [[shaped[operand], dimension] for operand, dimension in unfit],
    }


def _part(one: Expression) -> Part:
    return {"at": list(one.span), **_worth(one.value)}


def _worth(value: Value | Entry | None) -> Part:
    if isinstance(value, GroupEntry):
        return {"kind": value.kind, "type": value.type, "length": value.length}
    if isinstance(value, TensorEntry):
        form = value.form
        first = [digits(one, form.dtype) for one in value.values[:VALUES]]
        told = {"shape": list(form.shape), "dtype": form.dtype, "values": first}
        return {**told, "missing": form.values} if form.values else told
    return {"text": value.text if value else ""}
