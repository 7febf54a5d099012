"""Run a script as the program of its process, and record it: all of Python, without bounds.

Only what the recording needs differs from ``python train.py``: nobody sits at a keyboard, and the
time is bounded.
"""

from __future__ import annotations

import builtins
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.machinery import SourceFileLoader
from types import ModuleType, TracebackType
from typing import Any, NoReturn

import torch

from groundup.engine.executed import Main, Printed
from groundup.engine.failures import failure
from groundup.engine.trace import End, Tracing
from groundup.engine.trace import limits as bounds
from groundup.engine.trace.limits import Stopped
from groundup.opened.job import Answer, Job
from groundup.opened.places import Place, innermost_place

ELSEWHERE = (
    "Processes of the script's own, such as the workers of a DataLoader, were executed and not "
    "recorded."
)


def warm_up() -> None:
    """Import what torch imports only at its first use: an optimizer brings torch._dynamo."""
    weight = torch.zeros(1, requires_grad=True)
    weight.grad = torch.zeros(1)
    torch.optim.SGD([weight]).step()


def perform(job: Job) -> None:
    """Run the script of ``job``, and write the answer."""
    job.begun.touch()
    process, answer = os.getpid(), _answer(job)
    if os.getpid() != process:
        os._exit(0)  # a copy that the script made of its process came to the end, too
    half = job.answer.with_suffix(".half")
    half.write_bytes(pickle.dumps(answer))
    half.rename(job.answer)


def _answer(job: Job) -> Answer:
    held: Any = job.within(job.text, str(job.path)) if job.within else None
    trace, diagnosis = Script(job, held).run(), None
    if hasattr(held, "diagnosis"):
        with suppress(Exception):  # what was recorded is worth having without it
            diagnosis = held.diagnosis()
    return Answer(trace, diagnosis)


class PrintedToFile(Printed):
    """What went to the process's standard output, its own subprocesses' too; counted in bytes."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self._most = most

    @property
    def full(self) -> bool:
        """Whether more was printed than may be."""
        return self.tell() > self._most

    def tell(self) -> int:
        """How many bytes were printed so far."""
        return os.fstat(1).st_size


class Script(Tracing):
    """A script that is executed once, as ``__main__``, and recorded.

    Attributes:
        error: what it raised.
    """

    def __init__(self, job: Job, held: Any = None) -> None:
        """Compile it; nothing is executed."""
        self._job, self._held = job, held
        self.error: BaseException | None = None
        main = Main(str(job.path), vars(_main_module(job)), PrintedToFile(job.limits.characters))
        super().__init__(job.text, job.limits, job.around, within=self._as_program(), main=main)

    @contextmanager
    def _as_program(self) -> Iterator[None]:
        for stream in (sys.stdout, sys.stderr):
            # A moment knows what was printed before it, so nothing waits in a buffer.
            stream.reconfigure(encoding="utf-8", newline="\n", write_through=True)  # type: ignore[union-attr]  # both are files here
        sys.argv = [self._job.name, *self._job.arguments]
        builtins.input = _nobody_answers
        self._look_after_forks()
        with self._alarm():
            try:
                if self._held is None:
                    yield
                else:
                    with self._held:
                        yield
            except BaseException as error:
                self.error = error
                raise

    @contextmanager
    def _in_its_state(self) -> Iterator[None]:
        with super()._in_its_state():
            try:
                yield
            except (Exception, SystemExit):
                raise
            except BaseException as error:  # KeyboardInterrupt, or one that the script defines
                self._end("failed")
                self.failure = failure(error, self._file)

    def _look_after_forks(self) -> None:
        os_forks = getattr(os, "register_at_fork", None)
        if os_forks:
            os_forks(after_in_child=self.recorder.end, after_in_parent=self._forked)

    def _forked(self) -> None:
        self.recorder.said[ELSEWHERE] = None

    @contextmanager
    def _alarm(self) -> Iterator[None]:
        """End it within a statement, too, when its time is over: again and again if it must be."""
        if not hasattr(signal, "setitimer"):
            yield
            return
        signal.signal(signal.SIGALRM, self._time_is_over)
        signal.setitimer(signal.ITIMER_REAL, self.limits.seconds + 0.5, 1.0)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _time_is_over(self, *_: object) -> NoReturn:
        self.recorder.stopped = bounds.seconds_reached(self.limits)
        raise Stopped(self.recorder.stopped)

    def _how_it_ended(self) -> End:
        failure, error = self.failure, self.error
        if failure is None or error is None:
            return super()._how_it_ended()
        line = f"Line {failure.line}" if failure.line else "The script"
        if isinstance(error, SystemExit):
            return _exited(line, error.code)
        _print_as_python_does(error, str(self._job.path))
        place = innermost_place(error, self._job.path)
        words = f"{line} raised {failure.kind}{_in_words(place)}"
        told = f": {failure.message}" if failure.message else "."
        return End("failed", words + told, failure)


def _main_module(job: Job) -> ModuleType:
    main = ModuleType("__main__")
    vars(main).update(
        __file__=str(job.path),
        __builtins__=builtins,
        __loader__=SourceFileLoader("__main__", str(job.path)),
        __cached__=None,
        __annotations__={},
    )
    sys.modules["__main__"] = main
    return main


def _nobody_answers(prompt: object = "", /) -> NoReturn:
    print(prompt, end="")
    raise EOFError(
        "input() waits for somebody at a keyboard, and there is none here. Write the answer into "
        "the script, or start with it: groundup open script.py -- ANSWER, and read sys.argv[1]."
    )


def _exited(line: str, code: Any) -> End:
    if code is None or code == 0:
        return End("finished", f"{line} ended it with sys.exit().")
    if not isinstance(code, int):
        print(code, file=sys.stderr)
    return End("finished", f"{line} ended it with sys.exit({code!r}).")


def _in_words(place: Place | None) -> str:
    return f" in {place.file}, line {place.line}" if place else ""


def _print_as_python_does(error: BaseException, file: str) -> None:
    """The traceback, from the script's own frame on."""
    there: TracebackType | None = error.__traceback__
    while there is not None and there.tb_frame.f_code.co_filename != file:
        there = there.tb_next
    traceback.print_exception(type(error), error, there)
