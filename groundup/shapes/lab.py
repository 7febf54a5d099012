"""The shape lab: what a learner typed becomes a question, and the question a lesson."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from groundup.engine import lesson
from groundup.engine.edits import Edit, replace_once
from groundup.engine.lesson import Lesson
from groundup.engine.literals import (
    Shape,
    read_shape,
    read_whole_numbers,
    show_shape,
    with_literals,
)
from groundup.shapes.rules import PAIRS, Question, judge
from groundup.tensors.lessons import MAX_CELLS, home
from groundup.tensors.storage import size_text
from groundup.tensors.strides import Layout

WORK = 2_000_000_000
"""Multiplications of one product above which it is described and not computed (0.1 s or so)."""
MAX_STEPS = 4
NUMBERS = {
    "cat": ("dim: join along", "0"),
    "stack": ("dim: the new one's place", "0"),
    "reshape": ("new sizes, one may be −1", "3, 2"),
    "view": ("new sizes, one may be −1", "3, 2"),
    "permute": ("order of the dimensions", "1, 0"),
    "squeeze": ("dim, or nothing for all", ""),
    "unsqueeze": ("dim: the new one's place", "0"),
    "sum": ("dim, or nothing for all", "1"),
    "mean": ("dim, or nothing for all", "1"),
    "nn.Linear": ("in_features, out_features", "3, 2"),
}
"""What the operation's own numbers mean, and an example of them."""

_STEP = re.compile(r"([ab])\.(mT|contiguous\(\)|flatten\(\)|(unsqueeze|squeeze)\((-?[0-9])\))")
_MAX_FEATURES = 10_000


@dataclass(frozen=True)
class Lab:
    """What stands in the lab's controls, as typed; ``steps`` (``b.mT; a.flatten()``) come first."""

    op: str
    a: str
    b: str = "()"
    numbers: str = ""
    keepdim: bool = False
    steps: str = ""


def read(lab: Lab) -> Question:
    """The question that ``lab`` asks, its steps already done.

    Raises:
        ValueError: with a sentence for the learner.
    """
    layouts = {"a": Layout(_shape("a", lab.a))}
    layouts["b"] = Layout(_shape("b", lab.b) if lab.op in PAIRS else ())
    for step in read_steps(lab):
        layouts[step[0]] = _after(step, layouts[step[0]])
    return Question(
        lab.op,
        layouts["a"],
        layouts["b"],
        _numbers(lab),
        lab.keepdim and lab.op in {"sum", "mean"},
    )


def read_steps(lab: Lab) -> list[str]:
    """The steps of ``lab`` one by one.

    Raises:
        ValueError: for a step that is none of the known ones, or too many.
    """
    steps = [step.strip() for step in lab.steps.split(";") if step.strip()]
    for step in steps:
        if not _STEP.fullmatch(step) or (step[0] == "b" and lab.op not in PAIRS):
            raise ValueError(
                f"“{step[:30]}” is no step here. Use a.mT, a.unsqueeze(0), a.squeeze(1), "
                "a.flatten() or a.contiguous(), the same with b for two tensors, or clear the box."
            )
    if len(steps) > MAX_STEPS:
        raise ValueError(f"{len(steps)} steps are too many: up to {MAX_STEPS} fit here.")
    return steps


def lab_lesson(lab: Lab, device: str = "cpu", seed: int = 0) -> Lesson:
    """The script that asks torch; on the meta device where the numbers would be too many.

    Raises:
        ValueError: with a sentence for the learner.
    """
    question = read(lab)
    name = "layer" if lab.op == "nn.Linear" else "two" if lab.op in PAIRS else "one"
    base = lesson.load(f"shape_lab_{name}")
    shapes = {"a_shape": show_shape(_shape("a", lab.a))}
    if lab.op in PAIRS:
        shapes["b_shape"] = show_shape(_shape("b", lab.b))
    made = with_literals(base, **shapes).set(device=home(largest(question), device))
    if name == "layer":
        made = made.set(seed=seed)
        inputs, outputs = question.numbers
        old, new = "Linear(3, 2, ", f"Linear({inputs}, {outputs}, "
    else:
        old = "result = a @ b" if name == "two" else "result = a.reshape(3, 2)"
        new = f"result = {expression(question)}"
    made = replace(made, source=replace_once(made.source, old, new))
    steps = read_steps(lab)
    if not steps:
        return made
    lines = "".join(f"{step[0]} = {step}\n" for step in steps)
    before = "\n\nresult = " if name != "layer" else "\n\ntorch.manual_seed"
    change = (before, f"\n{lines}{before[1:]}")
    return replace(made, edits={"steps": Edit("steps", "First do", (change,))}).edit("steps")


def expression(q: Question) -> str:
    """The operation as it is written in Python."""
    listed = ", ".join(str(n) for n in q.numbers)
    match q.op:
        case "@" | "+" | "-" | "*":
            return f"a {q.op} b"
        case "cat" | "stack":
            return f"torch.{q.op}([a, b], dim={listed})"
        case "sum" | "mean":
            dims = listed if len(q.numbers) == 1 else show_shape(q.numbers) if listed else "None"
            keep = ", keepdim=True" if q.keepdim else ""
            return f"a.{q.op}(dim={dims}{keep})" if listed or keep else f"a.{q.op}()"
        case "nn.Linear":
            return f"torch.nn.Linear({listed})(a)"
        case "reshape" | "view" | "permute":
            return f"a.{q.op}({listed or '()'})"
    return f"a.{q.op}({listed})"


def largest(q: Question) -> int:
    """The most cells that torch would hold or visit for ``q``, scaled so that home() judges it."""
    verdict = judge(q)
    cells = max(q.a.numel, q.b.numel, math.prod(verdict.result or ()))
    if q.op == "nn.Linear":
        cells = max(cells, math.prod(q.numbers))
        return max(cells, cells_of_work(math.prod(verdict.result or ()) * q.numbers[0]))
    if q.op == "@" and verdict.result is not None:
        inner = q.a.shape[-1]
        work = math.prod(verdict.result) * inner
        # A batch that is stretched may be copied before the products are taken.
        batch = math.prod(verdict.result[:-2])
        sides = [math.prod(s[-2:]) * batch for s in (q.a.shape, q.b.shape)]
        cells = max(cells, *(side // 2 for side in sides), cells_of_work(work))
    return cells


def too_big(q: Question) -> str:
    """A sentence where ``q`` is described and not computed; empty where it is computed."""
    if largest(q) <= MAX_CELLS:
        return ""
    cells = q.a.numel + q.b.numel + math.prod(judge(q).result or ())
    return (
        f"Described, not computed: in float32 this would hold {size_text(4 * cells)}. The script "
        "runs on the meta device, which knows shapes and no numbers."
    )


def cells_of_work(multiplications: int) -> int:
    """Multiplications in the currency of cells: :data:`WORK` of them weigh as much as a million."""
    return multiplications // (WORK // 1_000_000)


def _shape(name: str, text: str) -> Shape:
    try:
        return read_shape(text)
    except ValueError as refusal:
        raise ValueError(f"{name}: {refusal}") from refusal


def _numbers(lab: Lab) -> Shape:
    if lab.op not in NUMBERS:
        return ()
    what, example = NUMBERS[lab.op]
    if not lab.numbers.strip() and lab.op in {"squeeze", "sum", "mean"}:
        return ()
    numbers = read_whole_numbers(lab.numbers, f"{lab.op}'s {what}", example or "0")
    wanted = {"cat": 1, "stack": 1, "unsqueeze": 1, "nn.Linear": 2}.get(lab.op)
    if wanted not in (None, len(numbers)) or (lab.op == "squeeze" and len(numbers) > 1):
        raise ValueError(
            f"{lab.op} takes {what}, such as {example or '0'}; you gave {len(numbers)}."
        )
    if lab.op == "nn.Linear" and not all(1 <= n <= _MAX_FEATURES for n in numbers):
        raise ValueError(f"A layer here has 1 to {_MAX_FEATURES:,} features on each side.")
    if any(abs(n) > 10**15 for n in numbers):
        raise ValueError("One of these numbers is too large. Sizes go up to 10¹⁵ here.")
    return numbers


def _after(step: str, layout: Layout) -> Layout:
    """The layout when ``step`` is done."""
    match = _STEP.fullmatch(step)
    assert match is not None
    if match[2] == "mT":
        if len(layout.shape) < 2:
            raise ValueError(
                f"{step} swaps the last two dimensions, and {step[0]} has {len(layout.shape)}. "
                "Clear the box “First do”, or unsqueeze first."
            )
        return layout.transposed()
    if match[3]:
        return _with_dimension(step, layout, match[3] == "unsqueeze", int(match[4]))
    sizes = (layout.numel,) if match[2] == "flatten()" else layout.shape
    return Layout(sizes)


def _with_dimension(step: str, layout: Layout, insert: bool, dim: int) -> Layout:
    count = len(layout.shape) + (1 if insert else 0)
    if not -count <= dim < max(count, 1):
        raise ValueError(f"{step}: {step[0]} has no place {dim}. Clear the box “First do”.")
    at = dim % max(count, 1)
    s, t = layout.shape, layout.strides
    if insert:
        stride = s[at] * t[at] if at < len(s) else 1
        return Layout((*s[:at], 1, *s[at:]), (*t[:at], stride, *t[at:]))
    if not s or s[at] != 1:
        return layout
    return Layout((*s[:at], *s[at + 1 :]), (*t[:at], *t[at + 1 :]))
