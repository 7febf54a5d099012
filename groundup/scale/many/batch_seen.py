"""What a run of the batch split showed: each step's gradients, their mean, and what followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from groundup.engine.lesson import Lesson
from groundup.engine.snapshot import number
from groundup.engine.words import bytes_in_words
from groundup.scale.many import batch
from groundup.scale.many.seen import Seen

EPS = torch.finfo(torch.float32).eps
NAMES = ("w", "b")
ROUNDING = 64.0
"""So many roundings of the size of the weights may add up in a run of the length that is here."""


@dataclass(frozen=True)
class Share:
    """What one worker has of the batch: the examples' ``x`` and ``y``."""

    x: Sequence[float]
    y: Sequence[float]


class BatchSeen:
    """One run, worker by worker.

    Attributes:
        shares: what each has of the batch.
        steps: for each step what each worker held: ``own`` and ``mean`` gradients, the weights
            ``before`` and ``after``, each by name, ``sent`` bytes, and its ``loss``.
    """

    def __init__(self, seen: Seen) -> None:
        ranks = range(seen.world_size)
        self.shares = [Share(end["x_share"], end["y_share"]) for end in map(seen.end, ranks)]
        self.steps = list(zip(*(seen.steps(rank) for rank in ranks), strict=True))

    def spread(self, kind: str) -> float:
        """The largest difference between two workers' numbers called ``kind``, over all steps."""
        return max(
            float(max(one[kind][name] for one in step) - min(one[kind][name] for one in step))
            for step in self.steps
            for name in NAMES
        )

    def sent(self) -> int:
        """Bytes of gradients that a worker hands over in a step."""
        return int(sum(self.steps[0][0]["sent"]))

    def far_from(self, one: Sequence[Mapping[str, Mapping[str, float]]]) -> list[float]:
        """After each step, the largest difference to the weights of one process."""
        return [
            max(abs(each["after"][name] - alone["after"][name]) for each in step for name in NAMES)
            for step, alone in zip(self.steps, one, strict=True)
        ]

    def size(self) -> float:
        """The largest weight that was met."""
        steps = [one for step in self.steps for one in step]
        return max(float(abs(one["after"][name])) for one in steps for name in NAMES)


def scene(seen: BatchSeen) -> dict[str, Any]:
    """What the picture draws, and says at each of its four moments a step."""
    return {
        "shares": [{"x": share.x, "y": share.y} for share in seen.shares],
        "steps": [[_held(one) for one in step] for step in seen.steps],
        "said": [words for n, step in enumerate(seen.steps) for words in _said(n, step, seen)],
    }


def _held(one: Mapping[str, Any]) -> dict[str, Any]:
    return {kind: one[kind] for kind in ("own", "mean", "before", "after")}


def _said(n: int, step: Sequence[Mapping[str, Any]], seen: BatchSeen) -> list[str]:
    first, count = step[0], len(step)
    sizes = [len(share.x) for share in seen.shares]
    even = len(set(sizes)) == 1
    has = f"its own {sizes[0]} examples" if even else f"its own examples: {_listed(sizes)}"
    added = " + ".join(_bracketed(one["own"]["w"]) for one in step)
    return [
        f"Step {n + 1}. Every worker has {_same(step, 'before')} line and {has}.",
        f"Each finds its own gradient for w: {_listed([number(o['own']['w']) for o in step])}.",
        f"All-reduce: ({added}) ÷ {count} = {number(first['mean']['w'])}. "
        f"Every worker gets {_same(step, 'mean')} mean.",
        f"Every optimizer steps with it: w = {number(first['after']['w'])}, "
        f"and the weights are {'equal' if _equal(step, 'after') else 'different'} again.",
    ]


def _equal(step: Sequence[Mapping[str, Any]], kind: str) -> bool:
    return all(one[kind] == step[0][kind] for one in step)


def _same(step: Sequence[Mapping[str, Any]], kind: str) -> str:
    return "the same" if _equal(step, kind) else "another"


def _bracketed(value: float) -> str:
    return f"({number(value)})" if value < 0 else number(value)


def _listed(values: Sequence[object]) -> str:
    *others, last = map(str, values)
    return f"{', '.join(others)} and {last}" if others else last


# What it comes to


def proof(seen: BatchSeen, made: Lesson) -> str:
    """How far the workers end from one process with the whole batch, and what that means."""
    far = max(seen.far_from(batch.one_process(made)))
    unit = EPS * max(seen.size(), 1.0)
    counted = f"{number(far)}, that is {number(far / unit)} times the rounding of one weight"
    apart = f"After {len(seen.steps)} steps the largest difference to one process is {counted}"
    if far <= ROUNDING * unit:
        return f"{apart} ({number(unit)}). **It is the same training.**"
    return f"{apart} ({number(unit)}). **It is another training.** {_why(seen)}"


def _why(seen: BatchSeen) -> str:
    sizes = [len(share.x) for share in seen.shares]
    if len(set(sizes)) == 1:
        return ""
    return (
        f"DDP takes the mean of {len(sizes)} means, so each worker counts the same: with "
        f"{_listed(sizes)} examples, an example of worker 0 counts {number(sizes[-1] / sizes[0])} "
        "times one of the last worker. **Weigh by examples** puts it right."
    )


def means(seen: BatchSeen, made: Lesson) -> list[dict[str, str]]:
    """Of the first step: each worker's gradient, their mean, and that of one process."""
    step, sizes = seen.steps[0], [len(share.x) for share in seen.shares]
    rows = [
        _row(f"worker {rank}: {size} example{'s' * (size > 1)}", one["own"])
        for rank, (size, one) in enumerate(zip(sizes, step, strict=True))
    ]
    alone = batch.one_process(made)[0]["mean"]
    return [
        *rows,
        _row("their mean, which DDP steps with", step[0]["mean"]),
        _row("one process, whole batch", alone),
    ]


def _row(name: str, gradient: Mapping[str, float]) -> dict[str, str]:
    return {"first step": name, **{f"{n}.grad": number(gradient[n]) for n in NAMES}}


def traffic(seen: BatchSeen) -> str:
    """What is sent in a step: computed from the parameters, and noted by the hook."""
    workers, sent, counted = len(seen.shares), seen.sent(), 4 * len(NAMES)
    agree = "and the hook noted as many" if sent == counted else f"the hook noted {sent}"
    return (
        f"Sent a step: 4 bytes for each of {len(NAMES)} gradients are "
        f"{bytes_in_words(counted)}, {agree}. An all-reduce in a ring passes on "
        f"2 · {workers - 1}/{workers} of that from each worker."
    )
