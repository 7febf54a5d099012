"""Make of a typed program a whole script: inputs, the program itself, backward, and what it prints.

The script is a lesson like any other: what it says is what runs and what can be taken home.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import torch

from groundup.engine.edits import Edit
from groundup.engine.lesson import Lesson
from groundup.language.program import Program, ProgramError

MAX_INPUT_ELEMENTS = 36
"""How many numbers one input may hold: they are typed in by hand."""

Nested = float | Sequence[Any]


@dataclass(frozen=True)
class Input:
    """A tensor to start from: a number, or rows of numbers; and whether it wants a gradient."""

    value: Nested
    requires_grad: bool = True

    @cached_property
    def tensor(self) -> torch.Tensor:
        """The value, without a gradient.

        Raises:
            ValueError: if it is no number and no full rows of them, or too large.
        """
        try:
            tensor = torch.tensor(self.value, dtype=torch.float32)
        except (TypeError, ValueError, RuntimeError, OverflowError):
            raise ValueError("Give a number, or rows of numbers that are all as long.") from None
        if not 0 < tensor.numel() <= MAX_INPUT_ELEMENTS:
            raise ValueError(f"Give from 1 to {MAX_INPUT_ELEMENTS} numbers.")
        if not torch.isfinite(tensor).all():
            raise ValueError("Give finite numbers.")
        return tensor

    @property
    def written(self) -> str:
        """The line's right-hand side."""
        switch = ", requires_grad=True" if self.requires_grad else ""
        return f"torch.tensor({_floats(self.value)!r}{switch})"


@dataclass(frozen=True)
class Script:
    """A program as a script.

    Attributes:
        text: the script.
        root: the name that ``backward`` is called on.
        inputs: the lines of the inputs, to their names.
        names: the lines on which the program's statements begin, to the names they assign.
        lines: all of the program's lines.
        backward: the line of the call of ``backward``.
        touched: how many numbers the program's calls touch.
        own: whether it is in the whole language, and says itself what it calls ``backward`` on.
    """

    text: str
    root: str
    inputs: Mapping[int, str]
    names: Mapping[int, str]
    lines: range
    backward: int
    touched: int
    own: bool = False

    @property
    def before_backward(self) -> int:
        """The line of the last statement before ``backward``."""
        return max(self.names)

    def edited(self, text: str) -> Script:
        """The script with another ``text``."""
        return replace(self, text=text)

    @property
    def lesson(self) -> Lesson:
        """The script, with the edits that show what becomes of a graph where it is used once."""
        call = f"{self.root}.backward()"
        retained = f"{self.root}.backward(retain_graph=True)"
        if f"\n{self.text}".count(f"\n{call}\n") != 1 or self.text.count(call) != 1:
            return Lesson(name="graph", source=self.text)
        return Lesson(
            name="graph",
            source=self.text,
            edits={
                "again": Edit("again", "Call backward() twice", ((call, f"{call}\n{call}"),)),
                "retain": Edit("retain", "Keep the graph", ((call, f"{retained}\n{call}"),)),
            },
        )


def write(program: Program, inputs: Mapping[str, Input]) -> Script:
    """Write the script of ``program`` with ``inputs``.

    Raises:
        ValueError: if an input is missing or not allowed, naming it.
        ProgramError: if shapes do not fit or grow too large (see :meth:`Program.sizes`).
    """
    sizes = program.sizes({n: _shape(n, inputs) for n in program.inputs})
    shapes = sizes.shapes
    head = [*program.imports, ""]
    if program.inputs:
        head.append("# Inputs")
    first_input = len(head) + 1
    head += [f"{name} = {inputs[name].written}" for name in program.inputs]
    head += [""] if program.inputs else []
    head.append("# 1. Forward: PyTorch records what requires a gradient")
    body = program.text.rstrip("\n").split("\n")
    first = len(head) + 1
    names = dict(_statements(program, first - 1))
    root = program.output
    if torch.Size(shapes[root]).numel() != 1:
        root = _unused("total", program)
        body.append(f"{root} = {program.output}.sum()  # backward() starts from one number")
        names[first + len(body) - 1] = root
    tail = ["", "# 2. Backward: gradients flow back to the inputs", f"{root}.backward()", ""]
    tensors = [name for name in (*program.names, root) if name in shapes or name == root]
    printed = _printed(program, inputs, list(dict.fromkeys(tensors)))
    text = "\n".join([*head, *body, *tail, *printed]) + "\n"
    return Script(
        text=text,
        root=root,
        inputs={first_input + i: name for i, name in enumerate(program.inputs)},
        names=names,
        lines=range(first, first + len(body)),
        backward=first + len(body) + 2,
        touched=sizes.touched,
    )


def _shape(name: str, inputs: Mapping[str, Input]) -> tuple[int, ...]:
    if name not in inputs:
        raise ValueError(f"{name} needs a value.")
    try:
        return tuple(inputs[name].tensor.shape)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def _statements(program: Program, before: int) -> list[tuple[int, str]]:
    """Each statement's line in the script, and the name it assigns."""
    statements = []
    for statement in program.tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AugAssign(target=ast.Name(id=name)):
                statements.append((before + statement.lineno, name))
    return statements


def _unused(name: str, program: Program) -> str:
    while name in (*program.inputs, *program.names):
        name += "_"
    return name


def _printed(program: Program, inputs: Mapping[str, Input], tensors: list[str]) -> list[str]:
    """The lines that print who made the last tensors, and the gradients that inputs got."""
    asked = [*reversed(tensors[-3:]), *program.inputs[:1]]
    learned = [n for n in program.inputs if inputs[n].requires_grad and n not in program.names]
    return [
        *(f'print(f"{name}.grad_fn: {{{name}.grad_fn}}")' for name in dict.fromkeys(asked)),
        *(f'print(f"{name}.grad: {{{name}.grad}}")' for name in learned),
    ]


def _floats(value: Any) -> Any:
    return [_floats(v) for v in value] if isinstance(value, list | tuple) else float(value)


__all__ = ["Input", "ProgramError", "Script", "write"]
