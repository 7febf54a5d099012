"""Where a learner's text failed: the part of the line that raised, and what it was given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from groundup.engine.trace import Expression, Trace, View
from groundup.engine.trace.entries import Entry, GroupEntry, TensorEntry, Value
from groundup.engine.trace.expressions import Span
from groundup.engine.trace.moments import Moment
from groundup.your_code.clashes import Clash, Operand, clash

Parts = Callable[[Moment], Sequence[Expression]]
"""What gives the parts of a moment's line, as :func:`groundup.engine.trace.expressions` does."""

MAX_LETTERS = 60


@dataclass(frozen=True)
class FailingPart:
    """The part that raised: where, how it is written, in which function, and its operands.

    ``operator`` is what was done with them, and ``clash`` two sizes of theirs that do not fit.

    ``column`` and ``end_column`` count from 1 on ``line``, the last one exclusive.
    """

    line: int
    column: int
    end_column: int
    written: str
    function: str
    operator: str
    operands: tuple[Operand, ...]
    clash: Clash | None


def failing_part(trace: Trace, parts: Parts) -> FailingPart | None:
    """The part of ``trace``'s text that raised what ended it; None if nothing did."""
    last = trace.moments[-1] if trace.moments else None
    if trace.end.state != "failed" or last is None or last.raised is None:
        return None
    found = parts(last)
    if not found or found[-1].value is not None:
        return None
    raised, view = found[-1], trace.at(len(trace.moments) - 1)
    written = _written(trace.text, raised.span)
    given = [_operand(_written(trace.text, one.span), one.value) for one in raised.operands]
    inside = _inside(raised, view, last)
    span, line = raised.span, trace.text.splitlines()[raised.span.line - 1]
    end = span.end_column if span.end_line == span.line else len(line)
    told = tuple(one for one in (*given, *inside) if one.worth)
    return FailingPart(
        line=span.line,
        column=span.column + 1,
        end_column=end + 1,
        written=written,
        function=last.call.scope.name,
        operator=raised.operator,
        operands=told,
        clash=clash(raised.operator, told),
    )


def _operand(written: str, value: Value | Entry | None) -> Operand:
    sizes = value.form.shape if isinstance(value, TensorEntry) else None
    return Operand(written, worth(value), sizes)


def worth(value: Value | Entry | None) -> str:
    """The shape and dtype of a tensor, or a plain value; empty for what has neither."""
    if isinstance(value, TensorEntry):
        return f"{shape(value.form.shape)} {value.form.dtype}"
    return value.text[:MAX_LETTERS] if isinstance(value, Value) else ""


def shape(sizes: tuple[int, ...]) -> str:
    """As Python writes it: ``(3,)``."""
    return str(tuple(sizes))


def _inside(raised: Expression, view: View, moment: Moment) -> Iterator[Operand]:
    """The parameters of the layer that was called, where one was."""
    start, *labels = raised.operator.split(".")
    layer = view.entry(view.find(start, *labels, call=moment.call.number))
    if layer is None:
        layer = view.entry(view.find(start, *labels))
    if isinstance(layer, GroupEntry) and layer.kind == "module":
        for label, held in layer.items:
            entry = view.entry(held)
            if isinstance(entry, TensorEntry):
                yield _operand(f"{raised.operator}.{label}", entry)


def _written(text: str, span: Span) -> str:
    line = text.splitlines()[span.line - 1]
    end = span.end_column if span.end_line == span.line else None
    part = line[span.column : end]
    return part if len(part) <= MAX_LETTERS else f"{part[: MAX_LETTERS - 1]}…"
