"""Fewer examples than all in each step: the lesson's loop with a loop over batches inside."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from groundup.engine.edits import Choice, Edit, insert_before, replace_once
from groundup.engine.lesson import Lesson
from groundup.engine.parameters import Parameter

FULL = "all points"
SIZES = {FULL: None} | {f"{n} points": n for n in (32, 16, 8, 4, 2)} | {"1 point": 1}
"""Points in a step, by the name of the choice; None stands for all of them."""

_RECORDED = ('\n"""\n\nimport', '\nRecords each update: w, b, w.grad, b.grad\n"""\n\nimport')

_SHUFFLER = """
# What shuffles the points
generator = torch.Generator().manual_seed(seed)
"""

_HEADER = """\
    # An epoch takes every point once, in a new order
    order = torch.randperm(len(X), generator=generator).to(device)
    for batch in order.split(batch_size):
"""

_EPOCH_LOSS = """
    # What the epoch came to, on all points
    with torch.no_grad():
        loss = torch.mean((X @ w + b - y_true) ** 2)
"""


@dataclass(frozen=True)
class Batched(Edit):
    """The five steps of a training loop inside a loop over batches of ``size`` points."""

    size: int = 1

    def apply(self, text: str) -> str:
        """Return ``text``, whichever optimizer it has, in batches.

        Raises:
            ValueError: if it has no five steps.
        """
        steps = re.search(
            r"^    # 1\. .*?\n    b\.grad\.zero_\(\)\n", text, re.DOTALL | re.MULTILINE
        )
        if steps is None:
            raise ValueError("this lesson has no five steps to take in batches.")
        # Adam counts its steps, of which an epoch now has many.
        counted = "(epoch + 1)" in steps[0]
        count = "        step += 1\n" if counted else ""
        text = replace_once(text, steps[0], _HEADER + count + inside(steps[0]) + _EPOCH_LOSS)
        if counted:
            text = insert_before(text, "\nfor epoch in", "\nstep = 0")
        if "generator = " not in text.partition("for epoch in")[0]:
            text = insert_before(text, "\n# Two numbers to learn\n", _SHUFFLER)
        size = f"batch_size = {self.size}".ljust(24) + "# most points in a step: 1 to 500\n"
        return replace_once(insert_before(text, "seed = ", size), *_RECORDED)


def inside(fragment: str) -> str:
    """A piece of the loop's text as it stands in the loop over batches.

    What begins at the loop's indent goes one deeper; in what begins in mid-line only names change.
    """
    deeper = re.sub(r"^(?=    )", "    ", fragment, flags=re.MULTILINE)
    batched = deeper.replace("X @ w", "X[batch] @ w").replace("- y_true)", "- y_true[batch])")
    return batched.replace("(epoch + 1)", "step")


def in_batches(lesson: Lesson, name: str) -> Lesson:
    """``lesson``, a training loop, with so many points in each step (a name in :data:`SIZES`).

    An epoch then shuffles the points and takes them batch by batch; its loss is that of all
    points at its end. The lesson's mistakes are made in the inner loop.

    Raises:
        ValueError: for an unknown name, or a lesson that already holds a mistake.
    """
    if name not in SIZES:
        raise ValueError(f"there is no batch of {name!r}; there are: {', '.join(SIZES)}.")
    if lesson.applied:
        raise ValueError("choose the batch first, then make the mistake in it.")
    if name == FULL:
        return lesson
    parameter = Parameter("batch", FULL, "most points in a step", options=tuple(SIZES))
    ways = {title: Batched("batch", title, (), size=size) for title, size in SIZES.items() if size}
    choices = {**lesson.choices, "batch": Choice(parameter, ways)}
    edits = {key: _moved(edit) for key, edit in lesson.edits.items()}
    return replace(lesson, choices=choices, edits=edits).set(batch=name)


def plain(lesson: Lesson) -> bool:
    """Whether ``lesson`` is plain gradient descent over all points: the curvature's limit, 2/λmax,
    holds for it alone."""
    settings = lesson.settings
    batch = str(settings.get("batch", FULL))
    return str(settings["optimizer"]) == "gradient descent" and batch == FULL


def _moved(edit: Edit) -> Edit:
    """``edit``, where it changes the five steps, made for the loop over batches."""
    return replace(
        edit,
        changes=tuple((inside(old), inside(new)) for old, new in edit.changes),
        unwrap=tuple(inside(header) for header in edit.unwrap),
    )


def steps(lesson: Lesson, points: int | None = None) -> int:
    """How many steps a run of ``lesson`` takes, on so many ``points`` or on those it draws."""
    settings = lesson.settings
    count = points or int(settings["points"])
    in_epoch = math.ceil(count / (SIZES[settings.get("batch", FULL)] or count))
    return int(settings["epochs"]) * in_epoch
