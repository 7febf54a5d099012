"""What may mend a chain that breaks."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from groundup.engine.literals import show_shape
from groundup.shapes.chain import MAX_LINKS, Chain, read_chain, written
from groundup.shapes.fixes import MAX_FIXES, Fix, candidates
from groundup.shapes.lab import Lab, read
from groundup.shapes.question import Question
from groundup.shapes.rules import judge
from groundup.shapes.traps import keeps_examples
from groundup.shapes.writing import arguments

MAX_REPAIRS = 3
"""Links that are mended one after another: each step tries a handful of ways."""
_ARROW = " → "


def chain_fixes(lab: Lab) -> list[Fix]:
    """Up to :data:`MAX_FIXES` changes of the link that breaks, with which the whole chain works.

    Where a later link breaks then, it is mended too, in the likeliest way.
    """
    chain = read_chain(lab)
    if chain.broken is None and not chain.verdict.trap:
        return []
    suggested: list[Fix] = []
    texts = {link.text for link in chain.links} | {written(q) for q in chain.after}
    for changes in _mended(lab, chain, MAX_REPAIRS):
        now = read_chain(changes)
        if now.verdict.result is None or any(fix.lab == changes for fix in suggested):
            continue
        code = _ARROW.join(link.text for link in now.links if link.text not in texts)
        why = "With this the whole chain works."
        suggested.append(Fix(changes, code or changes.chain, why, now.verdict.result))
        if len(suggested) == MAX_FIXES:
            break
    return suggested


def _mended(lab: Lab, chain: Chain, depth: int) -> Iterator[Lab]:
    """Labs whose chain gets further than that of ``lab``, mended to the end where they can be."""
    at = len(chain.links) - 1
    if chain.broken is None:
        at = next(n for n, link in enumerate(chain.links) if link.verdict.trap)
    for pieces in _instead(chain, at):
        changes = replace(lab, chain=_ARROW.join(pieces))
        try:
            now = read_chain(changes)
        except ValueError:
            continue
        if now.broken is None and not now.verdict.trap:
            yield changes
        elif depth > 1 and len(now.after) <= len(chain.after):
            yield from itertools.islice(_mended(changes, now, depth - 1), 1)


def _instead(chain: Chain, at: int) -> Iterator[list[str]]:
    """The chain's operations, the one at ``at`` in other ways."""
    texts = [link.text for link in chain.links] + [written(q) for q in chain.after]
    broken = chain.links[at].question
    before = chain.links[at - 1].question if at else None
    flat = before is not None and before.op in {"flatten", "view", "reshape"}
    if broken.op == "nn.Linear" and flat:
        yield [*texts[: at - 1], "flatten(1)", *texts[at:]]
        if len(broken.a.shape) < 2:
            return  # a layer for all examples in one row
    for pieces in _alone(broken):
        if len(texts) + len(pieces) - 1 <= MAX_LINKS:
            yield [*texts[:at], *pieces, *texts[at + 1 :]]


def _alone(q: Question) -> Iterator[list[str]]:
    """What may stand in the place of an operation that breaks: itself changed, or a step first."""
    numbers = ", ".join(map(str, _typed(q))) or "()"
    lab = Lab(q.op, show_shape(q.a.shape), numbers=numbers, keepdim=q.keepdim)
    for other, _, _ in candidates(lab, q, judge(q)):
        if other.a != lab.a:
            continue
        try:
            pieces = [step.strip().removeprefix("a.") for step in other.steps.split(";") if step]
            asked = read(other)
        except ValueError:
            continue
        mixes = asked.op in {"reshape", "view"} and not keeps_examples(
            q.a.shape, judge(asked).result or ()
        )
        if not mixes and not {"mT", "contiguous()"} & set(pieces):
            yield [*pieces, written(asked)]
            if pieces:
                return  # a layer for the sides of a picture would not see the picture


def _typed(q: Question) -> tuple[int, ...]:
    return arguments(q) if q.op.startswith("nn.") else q.numbers
