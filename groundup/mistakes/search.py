"""Find the text that a pasted error message resembles, offline.

Words are weighted by how rare they are among the texts (inverse document frequency), so that
"tensor" counts for little and "deepcopy" for much. What a message shares with a text is then
divided by the lighter of the two: a fragment of the message finds it, and so does a whole traceback
around it. Numbers are all alike, since shapes and sizes differ from one program to the next.
"""

from __future__ import annotations

import difflib
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LONGEST = 4000
"""How many characters of a pasted text are read: its last ones, where a traceback says what."""

LIGHTEST = 4.0
"""What a likeness is divided by at least: one everyday word in common is none."""

_FRAME = re.compile(r'Traceback \(most recent call last\):|File "[^"]*", line \d+(?:, in \S+)?')
_WORD = re.compile(r"[a-z_]{2,}|\d[\d.]*")


def words(text: str) -> list[str]:
    """The words of ``text`` in small letters, each number as ``0``, without one-letter names.

    >>> words("size '[2]' of a Tensor")
    ['size', '0', 'of', 'tensor']
    """
    matches = _WORD.findall(_FRAME.sub("", text[-LONGEST:]).lower())
    return ["0" if word[0].isdigit() else word for word in matches]


@dataclass(frozen=True)
class SearchResult:
    """``score`` is from 0 (nothing in common) to 1 (one holds all of the other)."""

    name: str
    score: float


class Matcher:
    """Ranks named texts by their likeness to a query.

    Args:
        texts: name to the alternative texts that stand for it; the best of them counts.
    """

    def __init__(self, texts: Mapping[str, Iterable[str]]) -> None:
        self._texts = {name: [words(text) for text in group] for name, group in texts.items()}
        documents = [
            set(words_of_text) for group in self._texts.values() for words_of_text in group
        ]
        seen = Counter(word for document in documents for word in document)
        self._weights = {w: math.log(1 + len(documents) / n) for w, n in seen.items()}

    def closest(
        self, query: str, max_results: int = 5, min_score: float = 0.45
    ) -> list[SearchResult]:
        """The up to ``max_results`` best matches that score at least ``min_score``, best first."""
        asked = [self._known(word) for word in words(query)]
        if not asked:
            return []
        scores = [
            SearchResult(name, self._score(asked, group)) for name, group in self._texts.items()
        ]
        good = [match for match in scores if match.score >= min_score]
        return sorted(good, key=lambda match: (-match.score, match.name))[:max_results]

    def _known(self, word: str) -> str:
        """``word``, or the known word that it is a misspelling of."""
        if word in self._weights:
            return word
        return next(iter(difflib.get_close_matches(word, self._weights, 1, 0.8)), word)

    def _score(self, asked: Sequence[str], group: Sequence[Sequence[str]]) -> float:
        return max((self._likeness(asked, text) for text in group if text), default=0.0)

    def _likeness(self, asked: Sequence[str], text: Sequence[str]) -> float:
        shared = self._weight(set(asked) & set(text))
        lighter = max(min(self._weight(set(asked)), self._weight(set(text))), LIGHTEST)
        if not shared:
            return 0.0
        blocks = difflib.SequenceMatcher(None, asked, text, autojunk=False).get_matching_blocks()
        in_order = max(block.size for block in blocks) / max(min(len(asked), len(text)), 4)
        return 0.7 * shared / lighter + 0.3 * in_order

    def _weight(self, words_found: Iterable[str]) -> float:
        unknown = math.log(1 + len(self._texts))
        return sum(self._weights.get(word, unknown) for word in words_found)
