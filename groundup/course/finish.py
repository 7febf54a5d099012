"""What a learner can now do, by what they did: for the last page, and in words it may print."""

from __future__ import annotations

import ast
from functools import cache
from importlib import metadata
from typing import NamedTuple

from groundup.course.path import Section, section, sections
from groundup.course.progress import Progress
from groundup.course.tasks import task
from groundup.engine.lesson import load
from groundup.parsing import syntax_tree
from groundup.scale.architecture import layer_ffn_parameters, total
from groundup.scale.catalogue import published

CLASS_TASK, LAST_TASK = "ffn-class", "last-block"
"""The tasks in which the last page's class and the loop around it are written."""

MODEL = "Llama 3 8B"


class Ability(NamedTuple):
    """Something that one can do after some sections, and the task that proves it, if one does."""

    says: str
    learned: tuple[str, ...]
    task: str = ""


ABILITIES = (
    Ability("say which shapes fit, and what comes out", ("1.1", "1.2", "1.3")),
    Ability("explain the three lines", ("2.2", "2.3", "2.4", "3.2", "5.1")),
    Ability("choose a rate, and see when it is wrong", ("2.2", "4.3")),
    Ability("find the mistake in a loop that runs", ("4.2", "4.4")),
    Ability("count the parameters of a network", ("5.2", "6.2")),
    Ability("write the whole loop from an empty page", ("4.2", "5.3", "6.3"), LAST_TASK),
)

LEARNED = {
    "intermediate =": "6.2",
    "class ": "5.3",
    "super()": "5.3",
    "nn.Linear": "5.2",
    "nn.GELU": "5.5",
    "def forward": "5.3",
}
"""Where a line of the class was learned, by what stands in it."""


class Line(NamedTuple):
    """A line of the class, and the section that taught it; only its first line of a kind has it."""

    text: str
    learned: Section | None


def missing(ability: Ability, progress: Progress) -> Section | None:
    """The first section that is still to be done for it; nothing where it was done."""
    taught = (found for name in ability.learned if (found := section(name)))
    for one in taught:
        if not progress.done(one):
            return one
    if ability.task and progress.tasks.get(ability.task) != "solved":
        proof = task(ability.task)
        return section(proof.section if proof else ability.learned[-1])
    return None


def is_whole(progress: Progress) -> bool:
    """Whether all of the path was done, and its class and its loop were written unaided."""
    wrote = all(progress.tasks.get(one) == "solved" for one in (CLASS_TASK, LAST_TASK))
    return wrote and all(map(progress.done, sections()))


@cache
def feed_forward() -> tuple[Line, ...]:
    """The sizes and the class of the lesson that the model's page shows, line by line."""
    text = load("feed_forward").text
    (found,) = (one for one in syntax_tree(text).body if isinstance(one, ast.ClassDef))
    sizes = [line for line in text.splitlines() if line.startswith(("hidden =", "intermediate ="))]
    lines = [*sizes, "", *text.splitlines()[found.lineno - 1 : found.end_lineno]]
    names = [next((name for mark, name in LEARNED.items() if mark in one), "") for one in lines]
    first = [name if name not in names[:n] else "" for n, name in enumerate(names)]
    return tuple(Line(one, section(name)) for one, name in zip(lines, first, strict=True))


def in_model() -> str:
    """How often such a layer stands in the model, and how much of it that is."""
    a = published(MODEL).architecture
    share = layer_ffn_parameters(a) * a.layers / total(a)
    return (
        f"In {MODEL} it stands {a.layers} times, with one matrix more, and the {a.layers} hold "
        f"{share:.0%} of its {total(a) / 1e9:.0f} billion weights."
    )


def torch_version() -> str:
    """The release of PyTorch that ran everything here."""
    return metadata.version("torch")
