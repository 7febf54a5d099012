"""Fewer examples than all in each step: the lesson's loop with a loop over batches inside."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace

from groundup.lesson import Choice, Edit, Lesson, Parameter

FULL = "all points"
SIZES = {FULL: None, "8 points": 8, "1 point": 1}
"""Points in a step, by the name of the choice; None stands for all of them."""

_SHUFFLER = """
# What shuffles the points
generator = torch.Generator().manual_seed(seed)
"""

_EPOCH_LOSS = """
    # What the epoch came to, on all points
    with torch.no_grad():
        loss = torch.mean((X @ w + b - y_true) ** 2)
"""


def in_batches(lesson: Lesson, name: str) -> Lesson:
    """``lesson``, a training loop, with so many points in each step (a name in :data:`SIZES`).

    An epoch then shuffles the points and takes them batch by batch; its loss is that of all
    points at its end.

    Raises:
        ValueError: for an unknown name, or a lesson that holds a mistake.
    """
    if name not in SIZES:
        raise ValueError(f"there is no batch of {name!r}; there are: {', '.join(SIZES)}.")
    if lesson.applied:
        raise ValueError("a mistake is made on full batches: choose the batch first.")
    size = SIZES[name]
    if size is None:
        return lesson
    text = replace(lesson, schedule=()).text
    changes = [(steps := _five_steps(text), _looped(steps, size))]
    if "generator = " not in text:
        heading = "\n# Two numbers to learn\n"
        changes.append((heading, _SHUFFLER + heading))
    if "(epoch + 1)" in steps:
        # Adam counts its steps, of which an epoch now has many.
        changes.append(("\nfor epoch in", "\nstep = 0\nfor epoch in"))
    parameter = Parameter("batch", FULL, "points in each step", options=tuple(SIZES))
    choice = Choice(parameter, {name: Edit("batch", name, tuple(changes))})
    return replace(lesson, choices={**lesson.choices, "batch": choice}).set(batch=name)


def _five_steps(text: str) -> str:
    found = re.search(r"^    # 1\. .*?\n    b\.grad\.zero_\(\)\n", text, re.DOTALL | re.MULTILINE)
    if found is None:
        raise ValueError("this lesson has no five steps to take in batches.")
    return found[0]


def _looped(steps: str, size: int) -> str:
    counted = "(epoch + 1)" in steps
    inside = steps.replace("X @ w", "X[batch] @ w").replace("- y_true", "- y_true[batch]")
    inside = textwrap.indent(inside.replace("(epoch + 1)", "step"), "    ")
    header = (
        "    # An epoch takes every point once, in a new order\n"
        "    order = torch.randperm(len(X), generator=generator).to(device)\n"
        f"    for batch in order.split({size}):\n"
    )
    return header + ("        step += 1\n" if counted else "") + inside + _EPOCH_LOSS
