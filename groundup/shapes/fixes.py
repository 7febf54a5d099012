"""Ways out of a shape mismatch. Each is tried on the rules before it is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from groundup.engine.literals import Shape
from groundup.shapes.lab import Lab, read
from groundup.shapes.rules import Question, Verdict, judge
from groundup.shapes.traps import keeps_examples
from groundup.shapes.ways_layers import conv_ways, layer_ways, pool_ways, target_ways
from groundup.shapes.ways_one import Candidate, expand_ways, index_ways, other_numbers, reshape_ways
from groundup.shapes.ways_two import einsum_ways, pair_ways

MAX_FIXES = 4


@dataclass(frozen=True)
class Fix:
    """A changed lab that works. ``code`` is what changes in the text, ``why`` what it means."""

    lab: Lab
    code: str
    why: str
    result: Shape


def fixes(lab: Lab) -> list[Fix]:
    """Up to :data:`MAX_FIXES` ways to make ``lab`` work, the likeliest first; none if it does.

    A result that is a silent trap counts as not working, and so does a reshape that puts parts of
    several examples into one row.
    """
    question = read(lab)
    verdict = judge(question)
    if verdict.result is not None and not verdict.trap:
        return []
    suggested: list[Fix] = []
    for changed, code, why in candidates(lab, question, verdict):
        result = _works(changed)
        if result is not None and all(fix.lab != changed for fix in suggested):
            suggested.append(Fix(changed, code, why, result))
        if len(suggested) == MAX_FIXES:
            break
    return suggested


def _works(lab: Lab) -> Shape | None:
    try:
        question = read(lab)
    except ValueError:
        return None
    verdict = judge(question)
    if verdict.trap or verdict.result is None:
        return None
    mixes = lab.op in {"reshape", "view"} and not keeps_examples(question.a.shape, verdict.result)
    return None if mixes else verdict.result


def candidates(lab: Lab, q: Question, verdict: Verdict) -> Iterator[Candidate]:
    """Changes that may mend ``lab``, the likeliest first; whether they do is not known yet."""
    ways = _WAYS.get(lab.op)
    yield from ways(lab, q) if ways else pair_ways(lab, q, verdict)


_WAYS: dict[str, Callable[[Lab, Question], Iterator[Candidate]]] = {
    "reshape": reshape_ways,
    "view": reshape_ways,
    "flatten": other_numbers,
    "permute": other_numbers,
    "transpose": other_numbers,
    "squeeze": other_numbers,
    "unsqueeze": other_numbers,
    "sum": other_numbers,
    "mean": other_numbers,
    "expand": expand_ways,
    "index": index_ways,
    "einsum": einsum_ways,
    "nn.Linear": layer_ways,
    "nn.Conv2d": conv_ways,
    "nn.MaxPool2d": pool_ways,
    "cross_entropy": target_ways,
}
"""Operations on two tensors have theirs in common."""
