"""Trace a text: run it once, and record every executed statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import Any, TypeVar

from groundup.engine.executed import ExecutedText, Main
from groundup.engine.execution import EXECUTION_LOCK, FairLock
from groundup.engine.limits import LimitError
from groundup.engine.trace import limits as bounds
from groundup.engine.trace.instrumented import Instrumented, instrumented
from groundup.engine.trace.limits import Stopped, TraceLimits
from groundup.engine.trace.recorder import CALLS, Around, Recorder
from groundup.engine.trace.result import End, Trace
from groundup.engine.turns import TURNS

LONG = 3
"""So many turns of a recording (:data:`groundup.engine.observe.SLICE`), and it is a long one."""
_LINE = FairLock()
"""Held by the one long recording that goes on. Thirty that shared all turns would all be made at
the end; in line the first ones are made soon. What is short, and what follows a hand, goes
between."""

Files = Mapping[str, str | bytes]
Within = AbstractContextManager[object] | None
R = TypeVar("R", bound=Recorder)


def trace(
    text: str,
    *,
    limits: TraceLimits | None = None,
    around: Around = None,
    name: str = "lesson",
    files: Files | None = None,
    within: Within = None,
) -> Trace:
    """Run ``text`` once, to its end or to a limit, and return what was recorded.

    Long loops are thinned (:class:`TraceLimits`). ``around`` asks for a pass that stays whole: it
    is the number of a moment in it, or the line of a loop followed by the indices of the passes
    that lead to the one that is asked for. ``files`` are those that the text finds beside itself.
    ``within`` is held while the text executes: a torch mode, say, that watches its calls.

    Raises:
        SyntaxError: if ``text`` is no Python.
    """
    tracing = Tracing(text, limits or TraceLimits(), around, name=name, files=files, within=within)
    return tracing.run()


class Tracing(ExecutedText):
    """A text that is executed once, and recorded; its variables can be read afterwards."""

    def __init__(
        self,
        text: str,
        limits: TraceLimits,
        around: Around = None,
        *,
        name: str = "lesson",
        files: Files | None = None,
        within: Within = None,
        main: Main | None = None,
    ) -> None:
        """Compile ``text``; :meth:`run` executes it, as the program of its process with ``main``.

        Raises:
            SyntaxError: if ``text`` is no Python.
        """
        super().__init__(name, files, limits.characters, main)
        self.text, self.limits, self.within = text, limits, within
        self.instrumented = self._compiled()
        self._turns = 0
        self._line = ExitStack()
        self.recorder = self._made(
            Recorder, self.instrumented, limits, self._printed, self.notices, around
        )

    def _made(self, recorder: Callable[..., R], *made_of: Any) -> R:
        made = recorder(*made_of)
        made.pass_turn_on = self._pass_turn_on
        return made

    def _compiled(self) -> Instrumented:
        return instrumented(self.text, self._file)

    def _calls(self, recorder: Recorder, *more: str) -> dict[str, Callable[..., Any]]:
        """What the recording calls of the text call."""
        return {name: getattr(recorder, name) for name in (*CALLS, *more)}

    @contextmanager
    def _in_its_state(self) -> Iterator[None]:
        with self._line, super()._in_its_state():
            yield

    def _wait_in_line(self) -> None:
        self._turns += 1
        if self._turns == LONG and not TURNS.is_hands():
            self._line.enter_context(_LINE)

    def run(self) -> Trace:
        """Execute the text in a turn of its own, and return its trace."""
        code = self.instrumented.calling(self._calls(self.recorder))
        with EXECUTION_LOCK, self._in_its_state(), self.within or nullcontext():
            self.recorder.begin()
            try:
                exec(code, self._namespace)
                self._end("done")
            except Stopped as reached:
                self._end("ended", str(reached))
            except LimitError:
                raise
            except BaseException as error:
                self.recorder.failed(error)
                raise
            finally:
                self.recorder.end()
        return self._trace()

    def _trace(self) -> Trace:
        kept = self.recorder.kept
        said = list(self.recorder.said)
        if kept.stride > 1:
            count, there = self.recorder.count, len(kept.moments)
            said.append(bounds.thinned(count, there, kept.ends, kept.stride))
        return Trace(
            text=self.text,
            moments=tuple(kept.moments),
            count=self.recorder.count,
            loops=self.instrumented.loops,
            storages=tuple(self.recorder.objects.storages.bytes),
            output=self.output,
            notices=tuple(self.notices),
            end=self._how_it_ended(),
            said=tuple(said),
        )

    def _how_it_ended(self) -> End:
        if self.failure:
            place = f"Line {self.failure.line}" if self.failure.line else "The text"
            told = f": {self.failure.message}" if self.failure.message else "."
            return End("failed", f"{place} raised {self.failure.kind}{told}", self.failure)
        if self.state == "ended":
            return End("stopped", f"The trace was ended: {self.ended}.")
        return End("finished", "It ran to its end.")
