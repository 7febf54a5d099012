"""What a learner foresaw of the mistakes: the first answer to each, and how many held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from groundup.mistakes import gallery
from groundup.mistakes.gallery import Mistake


def tally(answers: Mapping[str, str], entries: Sequence[Mistake]) -> str:
    """How many of ``answers``, by the mistakes' names, held; empty before the first of ``entries``.

    Each is an outcome of :data:`~groundup.mistakes.gallery.OUTCOMES`; answers to other mistakes
    than ``entries`` are not counted.
    """
    made = [entry.name for entry in entries if entry.name in answers]
    if not made:
        return ""
    right = sum(answers[name] == gallery.happened(name).kind for name in made)
    return (
        f"You predicted {right} of {len(made)}; there are {len(entries)} here. Your first answer "
        "counts."
    )
