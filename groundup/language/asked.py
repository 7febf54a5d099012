"""Run a learner's checked code within bounds, and ask what its names hold at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any, Generic, NamedTuple, TypeVar

import torch

from groundup.engine.trace import End, TraceLimits
from groundup.engine.trace.sites import Site
from groundup.language.bounded import Bounded, refuse_forged
from groundup.language.bounds.limits import LIMITS
from groundup.language.bounds.warm_up import warm_up
from groundup.language.bounds.watched import Watched
from groundup.language.own_code import OwnCode

R = TypeVar("R")


class Asked(NamedTuple, Generic[R]):
    """How a text ended, and what was read of its names then."""

    end: End
    found: R


def ask_own(
    code: OwnCode, read: Callable[[Mapping[str, Any]], R], *, limits: TraceLimits | None = None
) -> Asked[R]:
    """Run ``code`` once, within the bounds and unrecorded, and ``read`` its names at its end.

    ``read`` is handed the live objects, which end with
    the run: it must call nothing of theirs that the text may have written, and raise nothing.

    Raises:
        RefusedCodeError: if a string of the text is one that the engine itself uses.
    """
    refuse_forged(code)
    warm_up()
    run = _Unrecorded(code.text, limits or LIMITS)
    found: list[R] = []
    run.within = _reading(run, read, found)
    end = run.run().end
    return Asked(end, found[0])


@contextmanager
def _reading(
    run: Bounded, read: Callable[[Mapping[str, Any]], R], found: list[R]
) -> Iterator[None]:
    try:
        yield
    finally:
        # Neither a mode nor a subclass of the text's own may see that its tensors are read.
        with torch._C.DisableTorchFunction(), torch.no_grad():
            found.append(read(run.variables))


class _Unrecorded(Bounded):
    """A run within bounds that nobody will look back at."""

    def _made(self, recorder: Callable[..., Any], *made_of: Any) -> Any:
        made = _Counter(*made_of)
        made.pass_turn_on = self._pass_turn_on
        return made


class _Counter(Watched):
    """Counts the statements, and keeps nothing of them."""

    def _moment(self, python_frame: FrameType, frame: Any, index: int, site: Site, *_: Any) -> None:
        self.count += 1

    def _look_at_caller(self, caller: Any, outer: FrameType) -> None:
        pass
