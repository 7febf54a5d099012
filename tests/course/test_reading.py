"""Every sentence of the app is short enough to be read at once."""

import re

import pytest

from tests.course.reading import walked
from tests.course.test_words import prose

MOST = 30
"""Words in a sentence: a value filled in is one, and so is a piece of code."""
CODE = re.compile(r"`[^`]*`|\*\*")
END = re.compile(r"(?<=[.!?:;])\s+(?=[A-Z\"“{*-])|(?<=[.!?])\s+| - |\n")
WORD = re.compile(r"[A-Za-zŷ][\w'’-]*|\{\}|\d[\d,.]*")
NO_SENTENCE = re.compile(r"[{};]\s*[a-z-]+:|\\d|::|=>|</|^# |torch\.rand|open\(|^[a-z0-9_ ]+$")
"""Styles, patterns, lists of names, and code that is put into a text."""


def long_ones(text):
    """The sentences of ``text`` that have more than ``MOST`` words."""
    if NO_SENTENCE.search(text):
        return []
    return [one for one in END.split(CODE.sub("code", text)) if len(WORD.findall(one)) > MOST]


def test_no_sentence_is_longer_than_thirty_words():
    every = [*prose(), *(text for _, text in walked())]
    assert [one for text in every for one in long_ones(text)] == []


@pytest.mark.parametrize(("words", "found"), [(30, 0), (31, 1)])
def test_a_sentence_that_is_too_long_is_found(words, found):
    assert len(long_ones("Short. Then " + "on " * (words - 3) + "it goes. Short.")) == found
