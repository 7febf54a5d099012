"""The shape lab: what a learner typed becomes a question, and the question a lesson."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from groundup.engine import lesson
from groundup.engine.edits import Edit
from groundup.engine.lesson import Lesson
from groundup.engine.literals import Shape, read_shape, show_shape, with_literals
from groundup.shapes.budget import MAX_RESULT, largest
from groundup.shapes.numbers import read_numbers
from groundup.shapes.question import LAYERS, Question, takes_two
from groundup.shapes.rules import judge
from groundup.shapes.steps import after, read_steps
from groundup.shapes.writing import expression, layer
from groundup.tensors.lessons import home
from groundup.tensors.strides import Layout


@dataclass(frozen=True)
class Lab:
    """What stands in the lab's controls, as typed; ``steps`` (``b.mT; a.flatten()``) come first."""

    op: str
    a: str
    b: str = "()"
    numbers: str = ""
    keepdim: bool = False
    steps: str = ""
    chain: str = ""


def read(lab: Lab) -> Question:
    """The question that ``lab`` asks, its steps already done.

    Raises:
        ValueError: with a sentence for the learner.
    """
    numbers, spec = read_numbers(lab.op, lab.numbers)
    layouts = {"a": Layout(typed_shape("a", lab.a))}
    layouts["b"] = Layout(typed_shape("b", lab.b) if takes_two(lab.op, spec) else ())
    for step in read_steps(lab.steps, lab.op):
        layouts[step[0]] = after(step, layouts[step[0]])
    keepdim = lab.keepdim and lab.op in {"sum", "mean"}
    question = Question(lab.op, layouts["a"], layouts["b"], numbers, keepdim, spec)
    refuse_the_endless(question)
    return question


def refuse_the_endless(q: Question) -> None:
    """Refuse what torch's own arithmetic on sizes could not bear.

    Raises:
        ValueError: with a sentence for the learner.
    """
    result = judge(q).result
    if result is not None and math.prod(result) > MAX_RESULT:
        raise ValueError(f"{show_shape(result)} has more cells than can be counted here.")
    if q.op == "expand" and result is None and 0 in (*q.numbers, *q.a.shape):
        # Torch is not strict here: it makes tensors of negative sizes.
        raise ValueError("With a size of 0, expand has no verdict here: use sizes from 1.")
    if q.op == "cross_entropy" and q.a.shape and q.a.shape[len(q.a.shape) > 1] == 0:
        raise ValueError("cross_entropy needs at least one class: give that dimension a size.")


def lab_lesson(lab: Lab, device: str = "cpu", seed: int = 0) -> Lesson:
    """The script that asks torch; on the meta device where the numbers would be too many.

    Raises:
        ValueError: with a sentence for the learner.
    """
    question = read(lab)
    two = takes_two(lab.op, question.spec)
    name = "layer" if lab.op in LAYERS else "two" if two else "one"
    shapes = {"a_shape": show_shape(typed_shape("a", lab.a))}
    if two:
        shapes["b_shape"] = show_shape(typed_shape("b", lab.b))
    made = with_literals(lesson.load(f"shape_lab_{name}"), **shapes)
    made = made.set(device=home(largest(question), device))
    if name == "layer":
        made = made.set(seed=seed)
    made = changed(made, _changes(question, name))
    steps = read_steps(lab.steps, lab.op)
    if not steps:
        return made
    lines = "".join(f"{step[0]} = {step}\n" for step in steps)
    before = "\n\nresult = " if name != "layer" else "\n\ntorch.manual_seed"
    change = (before, f"\n{lines}{before[1:]}")
    return replace(made, edits={"steps": Edit("steps", "First do", (change,))}).edit("steps")


def _changes(q: Question, name: str) -> list[tuple[str, str]]:
    """What stands otherwise in the lesson ``name`` when it asks ``q``."""
    if name == "layer":
        changes = [("torch.nn.Linear(3, 2, device=device)", f"torch.{layer(q, device=True)}")]
        return changes + (
            [(COUNTED, whole_numbers(q.numbers[0]))] if q.op == "nn.Embedding" else []
        )
    old = "result = a @ b" if name == "two" else "result = a.reshape(3, 2)"
    changes = [(old, f"result = {expression(q)}")]
    return changes + ([(_SECOND, _CLASS_NUMBERS)] if q.op == "cross_entropy" else [])


COUNTED = "a = torch.arange(1.0, 1 + math.prod(a_shape), device=device).reshape(a_shape)"
_SECOND = COUNTED.replace("a = ", "b = ").replace("a_shape", "b_shape")
_CLASS_NUMBERS = """\
# … but b holds the number of the right class of each: here always class 0
b = torch.zeros(b_shape, dtype=torch.int64, device=device)"""


def whole_numbers(below: int) -> str:
    """The line that makes a of whole numbers from 0, all less than ``below``."""
    return f"a = torch.arange(math.prod(a_shape), device=device).reshape(a_shape) % {below}"


def changed(made: Lesson, changes: list[tuple[str, str]]) -> Lesson:
    """``made`` with passages of its source replaced, each of which must stand there once."""
    edit = Edit("question", "The question", tuple(changes))
    return replace(made, source=edit.apply(made.source))


def typed_shape(name: str, text: str) -> Shape:
    """The shape in the box of ``name``.

    Raises:
        ValueError: with a sentence for the learner that begins with ``name``.
    """
    try:
        return read_shape(text)
    except ValueError as refusal:
        raise ValueError(f"{name}: {refusal}") from refusal
