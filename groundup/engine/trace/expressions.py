"""What each part of a line was worth at a moment: the text is run again, to that moment."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from itertools import islice
from sys import _getframe
from types import FrameType
from typing import Any, NamedTuple, Protocol

import torch

from groundup.engine.execution import EXECUTION_LOCK
from groundup.engine.text import parsed
from groundup.engine.trace.entries import Entry, GroupEntry, Value
from groundup.engine.trace.instrumented import Instrumented, compiled, instrumented
from groundup.engine.trace.limits import Stopped, TraceLimits
from groundup.engine.trace.objects import Objects
from groundup.engine.trace.probes import Probes
from groundup.engine.trace.recorder import Frame, Recorder
from groundup.engine.trace.sites import Site
from groundup.engine.trace.tracing import Files, Tracing


class Span(NamedTuple):
    """Where an expression stands: lines from 1, columns from 0 in characters, the last one after
    its end."""

    line: int
    column: int
    end_line: int
    end_column: int


class Expression(NamedTuple):
    """A part of a line, and what it was worth.

    ``value`` is a plain value, or the entry of an object as it was when the part was evaluated (of
    a group without its items). It is None for the part that raised: then ``operator`` is how it is
    written (``"@"``, or what was called), ``operands`` are the parts that it was given, and
    ``raised`` is the exception's type. Where a linear layer was called, ``matrix`` is the shape by
    which it multiplies.
    """

    span: Span
    value: Value | Entry | None
    operator: str = ""
    operands: tuple[Expression, ...] = ()
    matrix: tuple[int, ...] = ()
    raised: str = ""


class Placed(Protocol):
    """What is needed of a moment: its number, its line, and its place among the recorded ones."""

    @property
    def number(self) -> int:
        """Which moment of the text it is."""

    @property
    def line(self) -> int:
        """The line of its statement."""

    @property
    def site(self) -> int:
        """Which of the text's recorded places it is; -1 where a statement raised."""


class Failing(NamedTuple):
    """The moment at which a text fails, where nothing of it was recorded: ``line`` is the line of
    the innermost statement of the text that the exception came through."""

    line: int
    number: int = -1
    site: int = -1


def expressions(
    text: str,
    moment: Placed,
    *,
    limits: TraceLimits | None = None,
    name: str = "lesson",
    files: Files | None = None,
) -> list[Expression]:
    """The parts of the statement of ``moment``, in the order in which they were evaluated.

    ``text`` is run again to that moment, so it must be the text that was traced, with the same
    ``files``. Names of libraries and constants are left out. A part that was not evaluated (behind
    an ``and``, or of a loop's header in a later pass) is not there. Where the statement raised, the
    last one is the part that did. A statement without parts of its own (a ``return`` alone) has
    none, and a moment that the text does not reach has none either. A :class:`Failing` needs no
    recording before it, and has none if the text does not fail this time.

    Raises:
        SyntaxError: if ``text`` is no Python.
    """
    run = Again(text, limits or TraceLimits(), moment, name, files)
    run.execute()
    return run.found()


class Again(Tracing):
    """The text executed again, up to one moment."""

    def __init__(
        self, text: str, limits: TraceLimits, moment: Placed, name: str, files: Files | None
    ) -> None:
        self._probes = Probes(_place(text, f"<{name}>", moment))
        super().__init__(text, limits, None, name=name, files=files)
        self.prober = self._made(
            *(Prober, self.instrumented, limits, self._printed, self.notices, moment.number)
        )
        self.prober.callees = tuple(self._probes.callees)

    def _compiled(self) -> Instrumented:
        return compiled(self.text, self._file, self._probes)

    def execute(self) -> None:
        """Run it to the moment."""
        prober = self.prober
        code = self.instrumented.calling(self._calls(prober, "probe"))
        with EXECUTION_LOCK, self._in_its_state(), self.within or nullcontext():
            prober.begin()
            try:
                exec(code, self._namespace)
                prober.got_through()
            except Stopped:
                prober.got_through()
            except BaseException as error:
                with suppress(Stopped):
                    prober.failed(error)
            finally:
                prober.end()

    def found(self) -> list[Expression]:
        """What the probes saw."""
        told: dict[int, Expression] = {}
        for index, value in self.prober.seen:
            if not (isinstance(value, Value) and value.kind == "library"):
                told[index] = Expression(self._span(self._probes.parts[index]), value)
        made = list(told.values())
        if self.prober.failing is not None:
            made.append(self._failed(self.prober.failing, told))
        return made

    def _failed(self, place: tuple[int, ...], told: dict[int, Expression]) -> Expression:
        """The part that raised, whose place in the text is ``place``."""
        statement = self._probes.statement or ast.Pass()
        for node in ast.walk(statement):
            # A call alone on its line stands where its statement does.
            if _place_of(node) == place and not isinstance(node, ast.Expr):
                given = [*ast.iter_child_nodes(node), *_of_call(node)]
                inside = [self._told(part, told) for one in given for part in _items(one)]
                operands = sorted({one.span: one for one in inside if one}.items())
                found = tuple(one for _, one in operands)
                operator = _operator(node)
                matrix = self.prober.matrices.get(operator, ())
                raised = self.prober.raised
                return Expression(self._span(node), None, operator, found, matrix, raised)
        return Expression(self._span_of(place), None, raised=self.prober.raised)

    def _told(self, node: ast.AST, told: dict[int, Expression]) -> Expression | None:
        place = _place_of(node)
        parts = self._probes.parts
        return next((e for index, e in told.items() if _place_of(parts[index]) == place), None)

    def _span(self, node: Any) -> Span:
        return self._span_of(_place_of(node) or (1, 0, 1, 0))

    def _span_of(self, place: tuple[int, ...]) -> Span:
        line, column, end_line, end_column = place
        return Span(line, self._column(line, column), end_line, self._column(end_line, end_column))

    def _column(self, line: int, column: int) -> int:
        """Python counts bytes; a page counts characters."""
        return len(self.text.splitlines()[line - 1].encode()[:column].decode(errors="ignore"))


class Prober(Recorder):
    """Counts moments as a recorder does, reads nothing at them, and stops at the one wanted.

    Of a text that fails, where that is wanted (:class:`Failing`), the last exception that it does
    not catch is the one.

    Attributes:
        callees: how what the statement calls is written.
        seen: what the probes of the statement saw: index and value, in order.
        failing: where the part stands that raised.
        raised: the type of the exception.
        matrices: of the linear layers among the callees, the shape that each multiplies by.
    """

    def __init__(self, *made_of: Any) -> None:
        *rest, self._wanted = made_of
        super().__init__(*rest)
        self.seen: list[tuple[int, Value | Entry]] = []
        self.failing: tuple[int, ...] | None = None
        self.raised = ""
        self.callees: tuple[str, ...] = ()
        self.matrices: dict[str, tuple[int, ...]] = {}
        self._probed: dict[int, list[tuple[int, Value | Entry]]] = {}
        self._values = Objects()

    def probe(self, index: int, value: Any) -> Any:
        """A part of the statement was evaluated."""
        python_frame = _getframe(1)
        if self._mine(python_frame) is not None:
            with torch._C.DisableTorchFunction():
                self._probed.setdefault(id(python_frame), []).append((index, self._told(value)))
        return value

    def got_through(self) -> None:
        """The text did not fail: an exception that it caught is not the one wanted."""
        if self._wanted < 0:
            self.seen, self.failing = [], None

    def end(self) -> None:
        """As of a recorder; what the probes saw stays."""
        super().end()
        self._values.let_go()

    def _told(self, value: Any) -> Value | Entry:
        self._values.next_moment()
        held = self._values.held(value)
        if isinstance(held, Value):
            return held
        seen = self._values.seen(held)
        entry = seen.entry if seen else None
        if isinstance(entry, GroupEntry):
            return entry._replace(items=())
        return entry or Value("", "")

    def failed(self, error: BaseException) -> None:
        """As a recorder does; where the wanted statement raised, note the part that did."""
        trace, place = error.__traceback__, None
        while trace is not None:
            code = trace.tb_frame.f_code
            if code.co_filename == self._file:
                position = next(islice(code.co_positions(), trace.tb_lasti // 2, None))
                line, end_line, column, end_column = position
                place = (line or 0, column or 0, end_line or 0, end_column or 0)
            trace = trace.tb_next
        self.failing = place
        super().failed(error)
        if self._wanted >= 0:
            self.failing = None

    def _moment(  # noqa: PLR0917  # as the method that it overrides
        self,
        python_frame: FrameType,
        frame: Frame,
        index: int,
        site: Site,
        value: tuple[Any, ...],
        raised: tuple[str, str] | None = None,
    ) -> None:
        number, self.count = self.count, self.count + 1
        probed = self._probed.pop(id(python_frame), [])
        if raised and number >= self._wanted:
            self.raised, _ = raised
            self.matrices = _matrices(self.callees, python_frame)
        if raised and self._wanted < 0:
            self.seen = probed
        if number == self._wanted:
            self.seen, self.stopped = probed, "it is there"
            raise Stopped(self.stopped)


def _of_call(node: ast.AST) -> list[ast.expr]:
    """What a call is given besides its arguments: those by name, and whose method it is."""
    if not isinstance(node, ast.Call):
        return []
    parts = [k.value for k in node.keywords]
    return [node.func.value, *parts] if isinstance(node.func, ast.Attribute) else parts


def _items(node: ast.AST) -> list[ast.AST]:
    """What stands in a written list; else the node alone."""
    match node:
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return [*items]
        case ast.Starred(value=value):
            return [value]
    return [node]


def _matrices(callees: Sequence[str], frame: FrameType) -> dict[str, tuple[int, ...]]:
    """Of the linear layers among ``callees``, as ``frame`` knows them, what each multiplies by.

    Nothing of the text is called: what has an attribute in another way has none here.
    """
    found = {}
    for name in callees:
        first, *rest = name.split(".")
        held: Any = frame.f_locals.get(first, frame.f_globals.get(first))
        for part in rest:
            inside = vars(held).get("_modules", {}) if isinstance(held, torch.nn.Module) else {}
            held = inside.get(part)
        weight = vars(held)["_parameters"].get("weight") if type(held) is torch.nn.Linear else None
        if isinstance(weight, torch.Tensor):
            with torch._C.DisableTorchFunction():
                found[name] = tuple(reversed(weight.shape))
    return found


def _place(text: str, file: str, moment: Placed) -> tuple[type, int, int]:
    """Which statement ``moment`` is of: its kind, and where it begins."""
    node: Any = instrumented(text, file).sites[moment.site].node if moment.site >= 0 else None
    if node is None:
        node = _innermost(text, moment.line)
    # A case of a match has no place of its own, nor has a line without a statement.
    return type(node), getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _innermost(text: str, line: int) -> ast.AST | None:
    """The innermost statement at ``line``, or the clause that catches an exception there."""
    nodes: list[Any] = [one for one in ast.walk(parsed(text)) if isinstance(one, _STANDING)]
    there = [node for node in nodes if node.lineno <= line <= (node.end_lineno or node.lineno)]
    return min(there, key=lambda node: (node.end_lineno or 0) - node.lineno, default=None)


_STANDING = (ast.stmt, ast.ExceptHandler)


def _place_of(node: Any) -> tuple[int, ...] | None:
    if getattr(node, "end_col_offset", None) is None:
        return None
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset


_OPERATORS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
    ast.LShift: "<<", ast.RShift: ">>", ast.USub: "-", ast.UAdd: "+", ast.Invert: "~",
    ast.Not: "not", ast.Lt: "<", ast.Gt: ">", ast.LtE: "<=", ast.GtE: ">=", ast.Eq: "==",
    ast.NotEq: "!=", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip


def _operator(node: ast.AST) -> str:  # noqa: PLR0911  # one answer a kind of node
    match node:
        case ast.BinOp(op=op) | ast.UnaryOp(op=op):
            return _OPERATORS[type(op)]
        case ast.AugAssign(op=op):
            return _OPERATORS[type(op)] + "="
        case ast.Compare(ops=[op]):
            return _OPERATORS.get(type(op), "")
        case ast.Subscript():
            return "[]"
        case ast.Call(func=function):
            return ast.unparse(function)
        case ast.Attribute(attr=name):
            return f".{name}"
    return ""
