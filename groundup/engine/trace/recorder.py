"""What the recording calls of an instrumented text do."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable

# A text may rebind what a module holds; the recorder goes on with what it was.
from sys import _getframe, exc_info
from threading import get_ident
from time import perf_counter
from types import FrameType, TracebackType
from typing import Any

import torch

from groundup.engine.executed import Printed
from groundup.engine.execution import EXECUTION_LOCK
from groundup.engine.failures import Notice
from groundup.engine.observe import SLICE
from groundup.engine.trace import kinds, limits
from groundup.engine.trace.entries import Held
from groundup.engine.trace.instrumented import Instrumented
from groundup.engine.trace.limits import Stopped, TraceLimits
from groundup.engine.trace.moments import Binding, Call, Change, Moment, Pass
from groundup.engine.trace.names import Names
from groundup.engine.trace.objects import Objects
from groundup.engine.trace.sites import Site
from groundup.engine.trace.thinning import Kept, Sequence

Around = int | tuple[int, ...] | None
"""A moment's number, or a loop's line and the indices of the passes that lead to one of its own."""

NEARBY = 8
"""So many passes before and after the one that is asked for stay whole too: whoever walks on from
there, or back, needs not ask again at once. Before a moment's number only its own pass does, for
those before it may be gone when it is known which one that is."""

CALLS = ("enter", "after", "loop", "returned", "yielded", "handler")
"""The methods of a :class:`Recorder` that an instrumented text calls."""


class Frame:
    """A call that may be met again: its names, and where it stands in its loops."""

    __slots__ = ("call", "names", "passes", "sequences")

    def __init__(self, call: Call, names: Names | None) -> None:
        self.call = call
        self.names = names
        self.passes: dict[int, Pass] = {}
        self.sequences: dict[int, Sequence] = {}


class Recorder:
    """Records one execution of an :class:`Instrumented` text, in the thread that made it.

    Attributes:
        count: how many statements were executed.
        said: what is to be said of the trace beside how it ended.
        pass_turn_on: lets those who wait execute, and says how many seconds that took.
    """

    def __init__(
        self,
        text: Instrumented,
        bounds: TraceLimits,
        printed: Printed,
        notices: list[Notice],
        around: Around = None,
    ) -> None:
        self.count = 0
        self.said: dict[str, None] = {}
        self.calls = 0
        self.stopped = ""
        self.objects = Objects()
        self.kept = Kept(bounds, self.objects)
        self._text, self._bounds, self._around = text, bounds, around
        self._more: tuple[Sequence | None, int] = (None, 0)
        self._printed, self._notices = printed, notices
        self._frames: dict[int, Frame | None] = {}
        self._text_frame: Frame | None = None
        self._globals: dict[str, Any] = {}
        self._pending: list[Binding] = []
        self._pending_changes: list[Change] = []
        self._thread: int | None = None
        self._until = self._turn_ends = 0.0
        self.pass_turn_on: Callable[[], float] = lambda: 0.0

    def begin(self) -> None:
        """The text is executed from now on, in this thread."""
        self._thread = get_ident()
        self._turn_ends = perf_counter() + SLICE
        self._until = perf_counter() + self._bounds.seconds

    def end(self) -> None:
        """It is at its end: what its objects may still call does nothing."""
        self._thread = None
        # The text's functions lead here by way of their code, and no garbage collection looks into
        # code: what led from here to the text would keep both for ever.
        self._frames.clear()
        self._text_frame, self._globals = None, {}
        self.objects.let_go()
        self.pass_turn_on = lambda: 0.0

    # What the text calls

    def enter(self, scope: int) -> None:
        """A body is entered."""
        if get_ident() != self._thread:
            return
        self._check()
        frame = _getframe(1)
        place = self._text.scopes[scope]
        caller, outer = (None, None) if scope == 0 else self._caller(frame)
        depth = 0 if scope == 0 else caller.call.depth + 1 if caller else 1
        if depth > self._bounds.depth or (scope and outer is None):
            self.said[limits.deeper(self._bounds)] = None
            self._frames[id(frame)] = None
            return
        line, base = (0, None) if outer is None else (outer.f_lineno, self._pass_at(caller, outer))
        call = Call(
            self.calls, place, depth, line, caller.call if caller else None, base, self.count
        )
        self.calls += 1
        if place.hidden and sys.version_info < (3, 13):
            self.said[limits.hidden_names(place.name)] = None
            names = None
        else:
            names = Names(self.objects, place.kind == "function", self._bounds.names)
        self._frames[id(frame)] = made = Frame(call, names)
        if caller is not None and outer is not None:
            self._look_at_caller(caller, outer)
        if scope == 0:
            self._text_frame, self._globals = made, frame.f_globals

    def after(self, site: int) -> None:
        """A statement was executed."""
        self._record(_getframe(1), site)

    def loop(self, site: int) -> None:
        """A pass of a loop begins."""
        python_frame = _getframe(1)
        frame = self._mine(python_frame)
        if frame is not None:
            self._begin_pass(frame, self._text.sites[site].loops)
            self._record(python_frame, site)

    def returned(self, site: int, value: Any) -> Any:
        """A ``return`` hands over ``value``."""
        self._record(_getframe(1), site, (value,))
        return value

    def yielded(self, site: int, value: Any) -> Any:
        """A ``yield`` hands over ``value``."""
        self._record(_getframe(1), site, (value,))
        return value

    def handler(self, site: int) -> None:
        """An exception was caught: the statement that raised it becomes a moment, too."""
        frame = _getframe(1)
        if self._mine(frame) is None:
            return
        error = exc_info()[1]
        if self.stopped:
            raise Stopped(self.stopped)
        if error is not None:
            self.failed(error)
        self._record(frame, site)

    def failed(self, error: BaseException) -> None:
        """Record the innermost statement of the text that ``error`` came through."""
        found: tuple[FrameType, int, Frame] | None = None
        trace: TracebackType | None = error.__traceback__
        while trace is not None:
            frame = self._mine(trace.tb_frame)
            if frame is not None and trace.tb_frame.f_code.co_filename == self._file:
                found = trace.tb_frame, trace.tb_lineno, frame
            trace = trace.tb_next
        if found is None:
            return
        python_frame, line, frame = found
        loop = self._text.loop_at.get(line)
        site = Site(line, "raised", (loop,) if loop is not None else (), None)
        raised = (kinds.name_of(type(error)), words_of(error))
        self._moment(python_frame, frame, -1, site, (), raised)

    # How it is done

    def _look_at_caller(self, caller: Frame, outer: FrameType) -> None:
        """Read the names of a function that calls another: it has no moment while it waits."""
        if caller is self._text_frame or caller.names is None:
            return
        self.objects.next_moment()
        with torch._C.DisableTorchFunction():
            caller.names.read(outer, caller.call, self._pending)
        self._pending_changes += self.objects.changes

    @property
    def _file(self) -> str:
        return self._text.code.co_filename

    def _mine(self, python_frame: FrameType) -> Frame | None:
        """The frame, if it is recorded."""
        if get_ident() != self._thread:
            return None
        return self._frames.get(id(python_frame))

    def _record(self, python_frame: FrameType, index: int, value: tuple[Any, ...] = ()) -> None:
        frame = self._mine(python_frame)
        if frame is not None:
            self._share()
            self._check()
            self._moment(python_frame, frame, index, self._text.sites[index], value)

    def _share(self) -> None:
        """Let others who wait to execute have their turns, now and then."""
        if perf_counter() >= self._turn_ends and EXECUTION_LOCK.wanted:
            self._until += self.pass_turn_on()
            self._turn_ends = perf_counter() + SLICE

    def _check(self) -> None:
        """Stop the text where a limit is reached, again and again if it catches that."""
        if self._printed.full:
            self.stopped = "it had printed all the characters that it may print"
        elif self.count >= self._bounds.statements:
            self.stopped = limits.statements_reached(self._bounds)
        elif perf_counter() >= self._until:
            self.stopped = limits.seconds_reached(self._bounds)
        elif self.kept.full and not self.kept.thin():
            most = len(self.kept.moments) >= self._bounds.moments
            reached = limits.moments_reached if most else limits.bytes_reached
            self.stopped = reached(self._bounds)
        if self.stopped:
            raise Stopped(self.stopped)

    def _moment(  # noqa: PLR0917  # called once a statement: an object to hold them costs time
        self,
        python_frame: FrameType,
        frame: Frame,
        index: int,
        site: Site,
        value: tuple[Any, ...],
        raised: tuple[str, str] | None = None,
    ) -> None:
        before = self.objects.count
        # A mode or a subclass of the text's own must not see that its tensors are read.
        with torch._C.DisableTorchFunction():
            bindings, returned = self._read(python_frame, frame, value)
        earlier, self._pending_changes = self._pending_changes, []
        call = frame.call
        call.last = self.count
        within = frame.passes.get(site.loops[-1]) if site.loops else None
        moment = Moment(
            number=self.count,
            line=site.line,
            kind=site.kind,
            call=call,
            within=within if within is not None else call.base,
            printed=self._printed.tell(),
            warned=len(self._notices),
            bindings=tuple(bindings),
            changes=(*earlier, *self.objects.changes),
            returned=returned,
            raised=raised,
            site=index,
            objects=before,
            calls=self.calls,
        )
        self.count += 1
        self.kept.add(moment)

    def _read(
        self, python_frame: FrameType, frame: Frame, value: tuple[Any, ...]
    ) -> tuple[list[Binding], Held | None]:
        self.objects.next_moment()
        bindings, self._pending = self._pending, []
        outer = self._text_frame
        if outer is not None and outer.names is not None and outer is not frame:
            outer.names.read(self._globals, outer.call, bindings)
        if frame.names is not None:
            frame.names.read(python_frame, frame.call, bindings)
            if frame.names.more:
                self.said[limits.more_names(self._bounds)] = None
        return bindings, self.objects.held(value[0]) if value else None

    def _begin_pass(self, frame: Frame, loops: tuple[int, ...]) -> None:
        around = frame.passes.get(loops[-2]) if len(loops) > 1 else frame.call.base
        sequence = frame.sequences.get(loops[-1])
        if sequence is None or sequence.around is not around:
            sequence = frame.sequences[loops[-1]] = Sequence(around)
        one = Pass(loops[-1], sequence.count, around, self.count)
        frame.passes[loops[-1]] = one
        self._keep_what_was_asked_for(one, sequence)
        self.kept.started(sequence, one)

    def _keep_what_was_asked_for(self, one: Pass, sequence: Sequence) -> None:
        if isinstance(self._around, tuple):
            line, *path = self._around
            if self._text.loops[one.loop].line == line and _is_near(one, path):
                _keep(one)
        elif self._around is not None:
            self._keep_around(self._around, one, sequence)

    def _keep_around(self, number: int, one: Pass, sequence: Sequence) -> None:
        # A pass is over when the next one begins: it was asked for if the moment lay in it.
        ended = sequence.passes[-1] if sequence.passes else None
        if one.start == number:
            self._more = sequence, NEARBY + 1
        if ended is not None and ended.start <= number < one.start:
            _keep(ended)
            self._more = sequence, NEARBY
        wanting, more = self._more
        if wanting is sequence and more:
            _keep(one)
            self._more = sequence, more - 1

    def _caller(self, frame: FrameType) -> tuple[Frame | None, FrameType | None]:
        """The frame of the text that called ``frame``, and Python's own; None if it is hidden."""
        outer = frame.f_back
        while outer is not None:
            if outer.f_code.co_filename == self._file and id(outer) in self._frames:
                known = self._frames[id(outer)]
                return known, outer if known is not None else None
            outer = outer.f_back
        return None, None

    def _pass_at(self, caller: Frame | None, outer: FrameType) -> Pass | None:
        """The pass that ``caller`` is in, at the line at which it is."""
        if caller is None:
            return None
        loop = self._text.loop_at.get(outer.f_lineno)
        found = caller.passes.get(loop) if loop is not None else None
        return found if found is not None else caller.call.base


def _is_near(one: Pass, path: list[int]) -> bool:
    """Whether it is the pass at the end of ``path``, or one nearby."""
    if not path or one.path[:-1] != tuple(path[:-1]):
        return False
    return abs(one.index - path[-1]) <= NEARBY


def _keep(one: Pass | None) -> None:
    while one is not None:
        one.kept = True
        one = one.around


def words_of(error: BaseException) -> str:
    """What ``error`` says, unless the text's own code would have to be run to know."""
    described = next(base for base in type(error).__mro__ if "__str__" in vars(base))
    if described.__module__ != builtins.__name__:
        return ""
    return str(error) if all(type(one) in kinds.VALUES for one in error.args) else ""
