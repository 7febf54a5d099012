"""Watch which torch functions a running text calls: the tensors and operations of its mathematics.

Autograd records only what needs a gradient. Here torch itself reports every call
(``TorchFunctionMode``), so constants and detached tensors are seen too, each with its real value.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from groundup.graph.values import Values, values
from groundup.language.vocabulary import OPERATORS
from groundup.parsing import syntax_tree

_CALL_OF_A_MODULE = torch.nn.Module._call_impl.__code__
TURNED = ("T", "mT", "H", "mH")
_FOR_ITSELF = tuple(
    str(Path(torch.__file__).parent / part) for part in ("nn/modules", "nn/init", "optim", "utils")
)
_SIGNS = {"*": "×", "-": "−", "/": "÷", "**": "^"}


@dataclass(frozen=True)
class Item:
    """A tensor of the run, and the operation that made it.

    Attributes:
        key: ``t0``, ``t1`` … in the order in which they were made.
        kind: ``"input"``, ``"constant"`` (numbers written in the text) or ``"operation"``.
        label: the operation: ``×``, ``+ 1``, ``exp``.
        names: the names that the text gave to the tensor; none for one in mid-expression.
        line: the line that made it.
        sources: the keys of the tensors that it was made from.
        requires_grad: whether autograd records what happens to it.
        node: the key of its ``grad_fn`` (of its AccumulateGrad, for a leaf), once that is known.
    """

    key: str
    kind: str
    label: str
    line: int
    sources: tuple[str, ...]
    value: Values
    requires_grad: bool
    names: tuple[str, ...] = ()
    node: str | None = None


@dataclass
class MadeTensor:
    """An :class:`Item` in the making, with the live tensor that it describes."""

    item: Item
    tensor: torch.Tensor
    grad_fn: Any
    names: list[str] = field(default_factory=list)


class OperationTracer(TorchFunctionMode):
    """While it is entered, notes each call that lines ``lines`` of the file ``file`` make.

    ``made`` holds what was made, in order.
    """

    def __init__(self, text: str, file: str, lines: range) -> None:
        super().__init__()
        self.made: list[MadeTensor] = []
        self._file, self._lines = file, lines
        self._labels = _labels(text)
        self._latest: dict[int, MadeTensor] = {}

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        result = func(*args, **(kwargs or {}))
        frame = frame_of(self._file)
        if frame is not None and frame.f_lineno in self._lines and is_call(func, result):
            self._note(func, (*args, *(kwargs or {}).values()), result, frame)
        return result

    def leaf(self, name: str, tensor: torch.Tensor, line: int) -> None:
        """Note an input."""
        self._add("input", name, line, (), tensor)
        self.name(name, tensor)

    def name(self, name: str, tensor: Any) -> None:
        """Note that ``name`` now stands for ``tensor``."""
        made = self._latest.get(id(tensor))
        if made and name not in made.names:
            made.names.append(name)

    def _note(
        self, func: Callable[..., Any], args: tuple[Any, ...], result: Any, frame: FrameType
    ) -> None:
        sources = [self._latest.get(id(tensor)) for tensor in tensors_in(args)]
        keys = tuple(source.item.key for source in sources if source)
        written = self._labels.get(_span(frame)) if asked_by(frame) == "text" else ""
        label = written or name_of(func)
        self._add("operation" if keys else "constant", label, frame.f_lineno, keys, result)

    def _add(
        self, kind: str, label: str, line: int, sources: tuple[str, ...], tensor: torch.Tensor
    ) -> None:
        key = f"t{len(self.made)}"
        value = values(tensor)
        item = Item(key, kind, label, line, sources, value, tensor.requires_grad)
        made = MadeTensor(item, tensor, tensor.grad_fn)
        self.made.append(made)
        # An in-place change makes a new item of the same tensor.
        self._latest[id(tensor)] = made


def tensors_in(args: Iterable[Any]) -> Iterator[torch.Tensor]:
    """The tensors among ``args``, and in the lists among them."""
    for one in args:
        if isinstance(one, torch.Tensor):
            yield one
        elif isinstance(one, list | tuple):
            yield from (inner for inner in one if isinstance(inner, torch.Tensor))


def asked_by(text: FrameType) -> str:
    """Who asks for what is called now: ``"text"`` itself, a ``"layer"`` that it called, or
    ``"torch"``, which does so for purposes of its own (a layer's first numbers, an update).
    """
    frame: FrameType | None = sys._getframe(1)
    for_itself = False
    while frame is not None and frame is not text:
        if frame.f_code is _CALL_OF_A_MODULE:
            return "layer"
        for_itself |= frame.f_code.co_filename.startswith(_FOR_ITSELF)
        frame = frame.f_back
    return "torch" if for_itself else "text"


def is_call(func: Callable[..., Any], result: Any) -> bool:
    """Whether ``func`` computed a tensor: ``x.T`` does, and ``x.grad`` does not."""
    # Reading an attribute is reported as a call of its getter.
    read = getattr(func, "__name__", "") == "__get__"
    return isinstance(result, torch.Tensor) and (not read or name_of(func) in TURNED)


def name_of(func: Callable[..., Any]) -> str:
    """What ``func`` is called; of an attribute's getter, the attribute's name."""
    name = getattr(func, "__name__", "?")
    if name == "__get__":
        return str(getattr(getattr(func, "__self__", None), "__name__", "?"))
    return name.strip("_")


def frame_of(file: str) -> FrameType | None:
    """The innermost frame of ``file`` that is being executed."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename != file:
        frame = frame.f_back
    return frame


Span = tuple[int | None, int | None, int | None, int | None]


@lru_cache(maxsize=4)
def _spans(code: CodeType) -> list[Span]:
    return [(line, start, last, end) for line, last, start, end in code.co_positions()]


def _span(frame: FrameType) -> Span:
    """Where in the text the expression stands that ``frame`` is computing."""
    return _spans(frame.f_code)[frame.f_lasti // 2]


def _labels(text: str) -> dict[Span, str]:
    """What the expression at each place of ``text`` is called in a picture."""
    return {
        (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset): label
        for node in ast.walk(syntax_tree(text))
        if isinstance(node, ast.expr | ast.stmt) and (label := _label(node))
    }


def _label(node: ast.AST) -> str:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            sign = OPERATORS[type(op)][0]
            return f"{_digits(left)} {_SIGNS.get(sign, sign)} {_digits(right)}".strip()
        case ast.AugAssign(op=op, value=value) if type(op) in OPERATORS:
            return f"{OPERATORS[type(op)][0]}= {_digits(value)}".strip()
        case ast.UnaryOp(op=ast.USub()):
            return "−"
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name
        case _:
            return ""


def _digits(node: ast.expr) -> str:
    """``node`` as it is written, where that is a short number."""
    match node:
        case ast.Constant(value=int() | float()) | ast.UnaryOp(operand=ast.Constant()):
            return ast.unparse(node)[:8]
        case _:
            return ""
