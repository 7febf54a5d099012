"""Changes of the learner's text that a refusal offers: each at the place that was refused."""

from __future__ import annotations

from collections.abc import Sequence

from groundup.language.own_code import Refusal


def mended(text: str, refusals: Sequence[Refusal]) -> str:
    """``text`` with what is offered in each place of ``refusals`` that offers something.

    Of places that overlap, the first one is changed.
    """
    lines = text.split("\n")
    free = (len(lines) + 1, 0)
    # From the last to the first, so that earlier places stay true.
    for one in sorted(_changeable(refusals), key=_start, reverse=True):
        if (one.end_line, one.end_column) <= free:
            _change(lines, one)
            free = _start(one)
    return "\n".join(lines)


def passage(text: str, one: Refusal) -> str:
    """What stands at the place of ``one``; of several lines, the first one's part."""
    line = text.split("\n")[one.line - 1 : one.line]
    end = one.end_column - 1 if one.end_line == one.line else None
    return line[0][one.column - 1 : end] if line else ""


def all_offer(refusals: Sequence[Refusal]) -> bool:
    """Whether each place says what can stand there."""
    return all(one.replacement is not None for one in refusals)


def _changeable(refusals: Sequence[Refusal]) -> list[Refusal]:
    return [one for one in refusals if one.replacement is not None]


def _start(one: Refusal) -> tuple[int, int]:
    return one.line, one.column


def _change(lines: list[str], one: Refusal) -> None:
    head = lines[one.line - 1][: one.column - 1]
    tail = lines[one.end_line - 1][one.end_column - 1 :]
    lines[one.line - 1 : one.end_line] = (head + (one.replacement or "") + tail).split("\n")
