"""Run a learner's checked code within bounds, and record it."""

from __future__ import annotations

import gc
import importlib
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import get_ident
from types import ModuleType
from typing import Any, NoReturn

from groundup.engine.failures import Failure, failure
from groundup.engine.trace import Expression, Trace, TraceLimits, Tracing
from groundup.engine.trace.expressions import Again, Placed
from groundup.engine.trace.instrumented import (
    Inserter,
    Instrumented,
    compiled,
    refuse_what_is_no_python,
)
from groundup.engine.trace.recorder import Around, Recorder
from groundup.language.bounds import rewriting
from groundup.language.bounds.builtin import Builtins, names
from groundup.language.bounds.callees import Callees
from groundup.language.bounds.containers import Methods
from groundup.language.bounds.iteration import Iteration
from groundup.language.bounds.limits import LIMITS, too_deep
from groundup.language.bounds.measures import Measures
from groundup.language.bounds.operators import Operators
from groundup.language.bounds.rendering import Rendering
from groundup.language.bounds.shared import Shared
from groundup.language.bounds.tensors import TensorBounds
from groundup.language.bounds.warm_up import warm_up
from groundup.language.bounds.watched import Watched, WatchedProber
from groundup.language.own_code import OwnCode, Refusal, RefusedCodeError

Within = AbstractContextManager[object] | None

LIBRARIES = frozenset(
    {
        *("torch", "torch.nn", "torch.nn.functional", "torch.nn.init", "torch.nn.utils"),
        *("torch.optim", "torch.optim.lr_scheduler", "torch.autograd", "torch.linalg"),
        *("torch.autograd.functional", "torch.utils", "torch.utils.data", "torch.distributions"),
        *("torch.func", "torch.fft", "torch.special", "torch.nn.parameter", "torch.nn.utils.rnn"),
        *("math", "random", "copy", "typing", "collections", "__future__"),
    }
)
"""What a text may import, should the check have let it pass."""


def trace_own(
    code: OwnCode,
    *,
    limits: TraceLimits | None = None,
    around: Around = None,
    within: Within = None,
) -> Trace:
    """Run ``code`` once, within the bounds, and return what was recorded.

    ``around`` names a pass that stays whole, as in :func:`groundup.engine.trace.trace`.

    A bound that is reached ends the trace (``trace.end``), said in words with its line.

    Raises:
        RefusedCodeError: if a string of the text is one that the engine itself uses.
    """
    refuse_forged(code)
    warm_up()
    return Bounded(code.text, limits or LIMITS, around, within=within).run()


def expressions_own(
    code: OwnCode, moment: Placed, *, limits: TraceLimits | None = None, within: Within = None
) -> list[Expression]:
    """What the parts of the statement of ``moment`` were worth, run again within the bounds.

    ``within`` is held while the text runs, to that moment.

    Raises:
        RefusedCodeError: if a string of the text is one that the engine itself uses.
    """
    refuse_forged(code)
    warm_up()
    run = _OwnAgain(code.text, limits or LIMITS, moment, "lesson", None)
    run.within = within
    run.execute()
    return run.found()


def refuse_forged(code: OwnCode) -> None:
    """Refuse a text that holds a string of the engine's own.

    Raises:
        RefusedCodeError: if it does.
    """
    if rewriting.is_forged(code.tree):
        raise RefusedCodeError((Refusal(1, 1, 1, 2, "a text cannot hold this string."),))


class Bounded(Tracing):
    """A tracing whose text runs within bounds."""

    recorder: Watched

    def _compiled(self) -> Instrumented:
        refuse_what_is_no_python(self.text, self._file)
        return compiled(self.text, self._file, self._inserter(), rewriting.rewritten)

    def _inserter(self) -> Inserter:
        return Inserter()

    def _made(self, recorder: Callable[..., Any], *made_of: Any) -> Any:
        watched = Watched if recorder is Recorder else WatchedProber
        return super()._made(watched, *made_of)

    def _calls(self, recorder: Recorder, *more: str) -> dict[str, Callable[..., Any]]:
        if not isinstance(recorder, Watched):
            raise TypeError("a bounded text has a recorder that looks")
        guards = self._guards(recorder)
        self.within = self._within_bounds(recorder, self.within)
        return super()._calls(recorder, *more) | {f"guard {n}": one for n, one in guards.items()}

    @contextmanager
    def _within_bounds(self, recorder: Watched, other: Within) -> Iterator[None]:
        """Held while the text executes, and until nothing of it is left."""
        bounds = TensorBounds(recorder.stop, recorder.look)
        try:
            # What looks on may read the text's names when it is over.
            with other or nullcontext(), bounds:
                try:
                    yield
                except BaseException as error:
                    _forget_frames(error)
                    raise
        finally:
            with bounds:
                self._clear()

    def _guards(self, recorder: Watched) -> dict[str, Callable[..., Any]]:
        """Every guard of the text, by its name; and the text's own builtins."""
        measures = Measures(recorder.stop)
        rendering = Rendering(measures)
        iteration = Iteration(measures, recorder.look, self._namespace)
        recorder.words = rendering.text
        written = self._namespace["__builtins__"]["print"]
        late: list[Callees] = []

        def callee(function: Any) -> Any:
            return late[0].callee(function)

        operators = Operators(measures, rendering, iteration).guards()
        table = Builtins(measures, rendering, iteration, callee)
        table.written, table.power = written, operators["power"]
        late.append(Callees(measures, iteration, table, Methods(measures, iteration, callee)))
        self._namespace["__builtins__"] = names(_importing(recorder.stop))
        return {**operators, **iteration.guards(), "callee": callee}

    def _end(self, state: str, reason: str = "") -> None:
        if state == "ended" and not reason.startswith("line "):
            error = sys.exc_info()[1]
            line = failure(error, self._file, "").line if error else None
            reason = _with_line(reason, line)
        super()._end(state, reason)

    @contextmanager
    def _in_its_state(self) -> Iterator[None]:
        outside = Shared.now()
        self._shared_outside = outside
        with super()._in_its_state():
            try:
                Shared().put()
                yield
            except RecursionError:
                self._end("ended", too_deep())
            finally:
                outside.put()

    def _failure(self, error: BaseException) -> Failure:
        return failure(error, self._file, self.recorder.told.get(id(error), ""))

    def _pass_turn_on(self) -> float:
        inside = Shared.now()
        self._shared_outside.put()
        try:
            return super()._pass_turn_on()
        finally:
            inside.put()

    def _clear(self) -> None:
        """Leave nothing of the text that could run later, in somebody else's turn, and nothing
        that would put a mode of torch back when it is closed."""
        with _nothing_said():
            self._namespace.clear()
            if "yield" in self.text:
                gc.collect()


@contextmanager
def _nothing_said() -> Iterator[None]:
    """What this thread's generators say when they are closed is for nobody."""
    thread, before = get_ident(), sys.unraisablehook

    def hook(told: Any) -> None:
        if get_ident() != thread:
            before(told)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = before


class _OwnAgain(Bounded, Again):
    """A learner's text, run again to one moment."""

    def _inserter(self) -> Inserter:
        return self._probes


def _forget_frames(error: BaseException | None) -> None:
    """Let go of what the functions held that ``error`` came through."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__context__


def _with_line(reason: str, line: int | None) -> str:
    if line is None:
        return reason
    return f"{reason}, at line {line}" if reason.startswith("it ") else f"line {line} {reason}"


def _importing(stop: Callable[[str], NoReturn]) -> Callable[..., ModuleType]:
    """An ``__import__`` that knows :data:`LIBRARIES` and nothing else."""

    def importing(name: str, *rest: Any) -> ModuleType:
        _, _, parts, level = rest  # as the import statement calls it
        if name not in LIBRARIES or level:
            stop(f"imports {name}, which is not here: leave it out")
        made = importlib.import_module(name)
        for part in parts or ():
            found = getattr(made, part, None)
            other = isinstance(found, ModuleType) and found.__name__ not in LIBRARIES
            if part[:1] == "_" or other:
                stop(f"imports {part} from {name}, which is not here: leave it out")
        return made if parts else sys.modules[name.partition(".")[0]]

    return importing
