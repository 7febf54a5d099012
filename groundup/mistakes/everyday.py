"""Everyday words: what a learner says of a mistake that PyTorch says nothing about.

Words that mean the same here count as the same ("explodes" and "inf", "stuck" and "never
changes"), and words that say nothing ("my", "why") do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

LONGEST = 400
"""How many characters of a description are read: a sentence or three."""

_SAME = {
    "inf": "infinity infinite ∞ explode explodes exploding exploded diverge diverges overflow",
    "nan": "nans",
    "same": "constant identical unchanged stuck static equal",
    "grad": "grads gradient gradients",
    "zero_grad": "zeroing zeroed",
    "forgot": "forget forgotten forgetting missing omitted",
    "weight": "weights parameter parameters params param coefficients",
    "step": "steps stepping",
    "epoch": "epochs iteration iterations",
    "rate": "lr",
    "high": "large big huge",
    "learn": "learns learning train trains training trained",
    "loss": "losses error errors cost",
    "predict": "prediction predictions predicts output outputs answers answer",
    "mean": "average",
    "flat": "horizontal",
    "layer": "layers",
    "frozen": "freeze freezes freezing",
    "unfrozen": "unfreeze unfreezing unfreezes thaw thawed",
    "optimizer": "optimiser optimizers sgd adam",
    "picture": "pictures image images photo photos",
    "colour": "color colors colours rgb",
    "channel": "channels",
    "twice": "two",
    "label": "labels",
    "class": "classes",
    "change": "changes changing changed",
    "memory": "ram vram",
    "grow": "grows growing rises rising increases increasing increase",
    "scrambled": "garbled mixed",
    "batch": "batches minibatch",
    "overfit": "overfits overfitting overfitted",
    "random": "randomly different other",
    "leak": "leakage leaks",
}
_CANONICAL = {word: first for first, others in _SAME.items() for word in others.split()}

_NO_CHANGE = re.compile(
    r"\b(?:(?:does|do|did|is) not|doesn't|doesnt|don't|didn't|isn't|not|never|no longer|stops?)"
    r" (?:\w+ )?(?:chang\w*|mov\w*|updat\w*|decreas\w*|improv\w*|fall\w*|go(?:es|ing)? down)\b"
)
_SAY_NOTHING = (
    "the a an and or of in on at to is are was it its i my me you we this that with for from by as "
    "be been do does did why how what when which after before some every each all any so but if "
    "then there here very just only exactly always again go goes going get gets got become becomes "
    "have has had not no can could will would should than too up model network code program "
    "pytorch torch problem help please wrong"
)
_SILENT = frozenset(_SAY_NOTHING.split())
_WORD = re.compile(r"[a-z_∞]+|\d[\d.]*")


def concepts(text: str) -> list[str]:
    """The words of ``text`` that say something, each as the one that stands for its like.

    >>> concepts("Why is my loss stuck?"), concepts("the loss doesn't change")
    (['loss', 'same'], ['loss', 'same'])
    """
    plain = _NO_CHANGE.sub(" same ", text[:LONGEST].lower())
    words = [word for word in _WORD.findall(plain) if word not in _SILENT]
    return [_CANONICAL.get(word, word) for word in words]


class Symptoms:
    """Ranks named descriptions by how much of them a learner's words say.

    Args:
        descriptions: name to the sentences a learner might say; the best of them counts.
    """

    def __init__(self, descriptions: Mapping[str, Iterable[str]]) -> None:
        self._said = {
            name: [frozenset(concepts(text)) for text in texts]
            for name, texts in descriptions.items()
        }

    def closest(self, text: str, min_score: float = 0.6) -> list[str]:
        """The names whose best sentence shares at least ``min_score`` with ``text``, best first.

        Those far behind the best are left out.
        """
        asked = frozenset(concepts(text))
        scores = {
            name: max((_shared(asked, phrase) for phrase in all_of), default=0.0)
            for name, all_of in self._said.items()
        }
        enough = max(min_score, 0.75 * max(scores.values(), default=0.0))
        good = [name for name, score in scores.items() if score >= enough]
        return sorted(good, key=lambda name: (-scores[name], list(scores).index(name)))


def _shared(asked: frozenset[str], said: frozenset[str]) -> float:
    """Twice what is in common, by what there is of both: 1 for the same words, 0 for none."""
    both = asked & said
    return 2 * len(both) / (len(asked) + len(said)) if len(both) > 1 or asked == said else 0.0
