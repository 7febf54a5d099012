"""The formulas of a model over many devices, with the numbers in, and where they are from."""

from __future__ import annotations

from collections.abc import Iterator

from groundup.scale.architecture import Architecture
from groundup.scale.formulas import Formula
from groundup.scale.spread.held import held, is_spread
from groundup.scale.spread.sending import ROUNDS, most_sent, sent, sums
from groundup.scale.spread.share import Stage, stages
from groundup.scale.spread.ways import Step, Way

ZERO = "Rajbhandari et al. 2020, ZeRO, arXiv 1910.02054"
MEGATRON = "Shoeybi et al. 2019, Megatron-LM, arXiv 1909.08053"
STAGES = "Narayanan et al. 2021, arXiv 2104.04473"


def held_formulas(a: Architecture, way: Way, step: Step) -> list[Formula]:
    """Bytes that the first device of the first stage keeps from step to step.

    Raises:
        ValueError: for a way or a step that is not possible.
    """
    stage = stages(a, way)[0]
    kept = held(a, way, step)[0]
    each = {"weights": step.size, "gradients": step.size, "optimizer": step.remembered}
    return [
        Formula(
            what,
            "parameters / N · bytes" if is_spread(way, what) else "parameters · bytes",
            f"{stage.parameters:,}{f' / {way.copies:,}' * is_spread(way, what)} · {size}",
            kept[what],
            ZERO if way.group == 1 else f"{ZERO}; parameters of a part: {MEGATRON}",
        )
        for what, size in each.items()
    ]


def sent_formulas(a: Architecture, way: Way, step: Step) -> list[Formula]:
    """Bytes that the busiest device sends in a step.

    Raises:
        ValueError: for a way or a step that is not possible.
    """
    all_sent = sent(a, way, step)
    busiest = all_sent.index(most_sent(a, way, step))
    return list(_sent_formulas(a, stages(a, way)[busiest], way, step))


def _sent_formulas(a: Architecture, stage: Stage, way: Way, step: Step) -> Iterator[Formula]:
    one = sent(a, way, step)[stage.number]
    rows = f"{step.tokens:,} · {a.hidden:,} · {step.size}"
    n, t = way.copies, way.tensor
    yield Formula(
        "between copies",
        f"{ROUNDS[way.spread]} · (N − 1) / N · parameters · bytes",
        f"{ROUNDS[way.spread]} · {n - 1:,} / {n:,} · {stage.parameters:,} · {step.size}",
        round(one.copies),
        f"{ZERO}, section 7; ring all-reduce",
    )
    yield Formula(
        "between the parts of matrices",
        "2 · (t − 1) / t · sums · tokens · hidden · bytes",
        f"2 · {t - 1:,} / {t:,} · {sums(a, stage, way):,} · {rows}",
        round(one.parts),
        f"{MEGATRON}, section 3",
    )
    yield Formula(
        "between stages",
        "neighbours · tokens · hidden · bytes",
        f"{round(one.stages / (step.tokens * a.hidden * step.size))} · {rows}",
        round(one.stages),
        STAGES,
    )
