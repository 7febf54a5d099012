"""The numbers of a run as a table: of one moment where they can be, else named for their own."""

from __future__ import annotations

from collections.abc import Mapping

import torch

from groundup.engine.observe import Run
from groundup.engine.text import epoch_loop, parsed
from groundup.training.moments import moments


def rows_are(run: Run) -> str:
    """What the rows of a table of ``run`` count: ``epoch``, or ``step`` where the text does."""
    loop = epoch_loop(parsed(run.text))
    return str(getattr(loop.target, "id", "epoch")) if loop else "epoch"


def at_start(run: Run) -> dict[str, float]:
    """Enter the loop of ``run``, which is new, and read what it records of what stands there."""
    run.enter(rows_are(run))
    found = {name: run.scalar(name) for name in run.each_epoch}
    return {name: number for name, number in found.items() if number is not None}


def numbers(run: Run, start: Mapping[str, float]) -> dict[str, list[float]]:
    """What ``run`` recorded, by the name of its column, one number for each row.

    A line's loss, w and b belong together: the row n is epoch n before its step, and one more row
    stands for what comes after the last (see :mod:`groundup.training.moments`). Where there is no
    line, a column's name says when its numbers were computed in their epoch. ``start`` is what
    :func:`at_start` read.
    """
    columns, variables = run.columns, run.variables
    if {"loss", "w", "b"} <= columns.keys() and {"w", "b"} <= start.keys():
        x, y = (variables[name].flatten().tolist() for name in ("X", "y_true"))
        return moments(columns, (start["w"], start["b"]), x, y).table
    return {
        f"{name} {_when(variables.get(name), rows_are(run))}": columns[name].tolist()
        for name in run.each_epoch
    }


def _when(value: object, row: str) -> str:
    if not isinstance(value, torch.Tensor):
        return f"at the {row}'s end"
    step = "its step" if row == "epoch" else "it"
    return f"after {step}" if value.is_leaf and value.requires_grad else f"before {step}"
