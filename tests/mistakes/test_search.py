"""A pasted message finds the mistake that caused it."""

import pytest

from groundup.mistakes.gallery import matcher, outcomes
from groundup.mistakes.search import LONGEST, Matcher, words

MESSAGES = {name: found.message for name, found in outcomes().items() if found.message}


@pytest.fixture(scope="module", name="matcher")
def _matcher():
    return matcher()


def found_for(matcher, query):
    """The messages of the best matches, as several mistakes may share one message."""
    best = matcher.closest(query)
    return {MESSAGES.get(match.name) for match in best if match.score >= best[0].score - 1e-9}


@pytest.mark.parametrize("name", MESSAGES)
def test_the_whole_message_finds_its_mistake_first(matcher, name):
    assert MESSAGES[name] in found_for(matcher, MESSAGES[name])


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_inside_a_traceback_finds_it(matcher, name):
    traceback = (
        "Traceback (most recent call last):\n"
        '  File "/home/someone/train.py", line 41, in <module>\n'
        "    result = compute(model, batch)\n"
        "             ^^^^^^^^^^^^^^^^^^^^^\n"
        f"RuntimeError: {MESSAGES[name]}\n"
    )
    assert MESSAGES[name] in found_for(matcher, traceback)


@pytest.mark.parametrize("name", MESSAGES)
def test_the_first_half_of_a_message_finds_it(matcher, name):
    message = MESSAGES[name]
    names = [match.name for match in matcher.closest(message[: max(len(message) // 2, 30)])]
    assert message in {MESSAGES.get(name) for name in names}


def test_misspelt_words_still_count(matcher):
    found = matcher.closest("optimiser got an emty parametr list")
    assert found[0].name == "list_of_layers"


def test_other_numbers_are_the_same_message():
    matcher = Matcher({"shape": ["a size [2] for a tensor of size [3, 1]"], "other": ["no leaf"]})
    assert [m.name for m in matcher.closest("a size [64] for a tensor of size [128, 10]")] == [
        "shape"
    ]


def test_a_silent_mistake_is_found_by_what_it_is_about(matcher):
    assert matcher.closest("forgot to zero the gradients")[0].name == "never_zeroed"


@pytest.mark.parametrize("query", ["", "   ", "!?", "∂∇", "the best pancakes in town", "x" * 9000])
def test_what_resembles_nothing_finds_nothing(matcher, query):
    assert matcher.closest(query) == []


def test_only_the_end_of_a_very_long_text_is_read():
    assert len(words("word " * 10_000)) <= LONGEST / 5
