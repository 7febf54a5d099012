"""A learner's text, checked, run once and looked at: all that the page shows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Protocol

from groundup.diagnosis import Diagnosis, Watch
from groundup.engine.failures import Notice
from groundup.engine.trace import End, Expression, Trace, TraceLimits
from groundup.engine.trace.expressions import Placed
from groundup.engine.trace.moments import Moment
from groundup.engine.trace.wire import packed
from groundup.language.bounded import expressions_own, trace_own
from groundup.language.own_code import OwnCode, Refusal, RefusedCodeError, check
from groundup.your_code.failing import FailingPart, failing_part
from groundup.your_code.recorded_graph import GraphReader, RecordedGraph
from groundup.your_code.series import LoopNumbers, numbers_of

LIMITS = TraceLimits(moments=3_000, bytes=1_000_000, seconds=5.0, characters=20_000)
"""For a page: some 100 kB are sent, and nobody holds a class up for longer than that."""


@dataclass(frozen=True)
class Ran:
    """What a run of ``text`` led to; where the text was refused, ``refusals`` alone says so.

    Attributes:
        text: what ran, to the letter.
        cleaned: what was taken out of it before, a sentence each.
        recording: the packed trace, as the stepper is sent it.
        count: how many statements were executed.
        said: sentences that say what the recording lacks.
        part: the part of a line that raised what ended it.
    """

    text: str
    cleaned: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    recording: str = ""
    count: int = 0
    end: End | None = None
    output: str = ""
    notices: tuple[Notice, ...] = ()
    said: tuple[str, ...] = ()
    part: FailingPart | None = None
    numbers: tuple[LoopNumbers, ...] = ()
    graphs: tuple[RecordedGraph, ...] = ()
    diagnosis: Diagnosis = field(default_factory=Diagnosis)


class Tracing(Protocol):
    """As :func:`groundup.language.bounded.trace_own`."""

    def __call__(
        self,
        code: OwnCode,
        *,
        limits: TraceLimits | None = None,
        within: AbstractContextManager[object] | None = None,
    ) -> Trace:
        """Run ``code`` once, and return what was recorded."""
        ...


@dataclass(frozen=True)
class Way:
    """How a text is run: what checks it, what traces it, and what reads a failing line's parts."""

    check: Callable[[str], OwnCode]
    trace: Tracing
    parts: Callable[[OwnCode, Moment], Sequence[Expression]]
    limits: TraceLimits = LIMITS


def for_visitors() -> Way:
    """The way of every text that a visitor typed: checked, and within bounds."""
    return Way(check, trace_own, _parts)


def _parts(code: OwnCode, moment: Moment) -> Sequence[Expression]:
    return expressions_own(code, moment, limits=LIMITS)


def ran(text: str, way: Way) -> Ran:
    """Run ``text`` once; nothing of it is executed where it is refused."""
    try:
        code = way.check(text)
        return _ran(code, way)
    except RefusedCodeError as error:
        # Where marks of pasting were taken out, the places are those of the text without them.
        shown = getattr(error, "text", "") or text
        return Ran(shown, getattr(error, "cleaned", ()), error.refusals)


def _ran(code: OwnCode, way: Way) -> Ran:
    watch, graph = Watch(code.text), GraphReader()
    trace = way.trace(code, limits=way.limits, within=_both(graph, watch))
    part = failing_part(trace, partial(way.parts, code))
    made = told(trace, watch.diagnosis())
    return replace(made, cleaned=code.cleaned, part=part, graphs=graph.graphs)


def graphs_at(text: str, moment: Placed) -> tuple[RecordedGraph, ...]:
    """The graphs behind the numbers of a visitor's ``text`` as they stand at ``moment``.

    The text runs again to that moment.

    Raises:
        RefusedCodeError: if the text may not run.
    """
    reader = GraphReader()
    expressions_own(check(text), moment, limits=LIMITS, within=reader)
    return reader.graphs


def told(trace: Trace, diagnosis: Diagnosis) -> Ran:
    """What a recorded run of any text tells; its graphs and its failing part are not in a trace."""
    return Ran(
        text=trace.text,
        recording=packed(trace),
        count=trace.count,
        end=trace.end,
        output=trace.output,
        notices=trace.notices,
        said=trace.said,
        numbers=numbers_of(trace),
        diagnosis=diagnosis,
    )


@contextmanager
def _both(*modes: AbstractContextManager[Any]) -> Iterator[None]:
    with ExitStack() as held:
        for mode in modes:
            held.enter_context(mode)
        yield
