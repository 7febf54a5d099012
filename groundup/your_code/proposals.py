"""A change of a text that failed, offered only after it was tried."""

from __future__ import annotations

import difflib
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from groundup.your_code.changes import Failing, changes
from groundup.your_code.running import Ran, for_visitors, ran

TRIED = 4
"""So many changes are tried, each for a second at the most."""
SECONDS = 1.0


class Proposal(NamedTuple):
    """A text that gets past the place where the learner's failed.

    Attributes:
        text: the whole text, changed.
        diff: the lines that differ, as ``diff`` marks them.
        fails_later: the line at which the changed text fails, None where it does not.
    """

    text: str
    diff: str
    fails_later: int | None


def proposal(failed: Ran) -> Proposal | None:
    """A change that helps ``failed``, a run that raised; None where none is known."""
    failure = failed.end.failure if failed.end else None
    if failure is None or failed.part is None:
        return None
    way = for_visitors()
    way = replace(way, limits=replace(way.limits, seconds=SECONDS))
    for text in islice(changes(Failing(failed.text, failure, failed.part)), TRIED):
        tried = ran(text, way)
        place = _further(failed, tried)
        if place is not None:
            return Proposal(text, _diff(failed.text, text), place or None)
    return None


def _further(before: Ran, after: Ran) -> int | None:
    """The line at which it fails now, 0 for none; None where the change did not help."""
    if after.end is None or after.end.state == "stopped":
        return None
    failure = after.end.failure
    if failure is None:
        return 0
    return failure.line if after.count > before.count and failure.line else None


def _diff(before: str, after: str) -> str:
    """What differs, without the head that names files."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=1, lineterm="")
    return "\n".join(line for line in lines if line[:3] not in {"---", "+++", "@@ "})
