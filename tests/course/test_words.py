"""The glossary is true, holds what the path and the prose use, and no word comes too early."""

import re
from functools import cache
from pathlib import Path

import pytest

from groundup.course.path import section, sections
from groundup.course.words import holds, word, words
from groundup.ui.controls.widgets import declared
from tests.course.reading import early, found, walked
from tests.sentences.harvest import sentences

PAGES = {file.stem for file in Path("app_pages").glob("*.py")}
NO_PROSE = (
    *("groundup/language/", "groundup/mistakes/", "groundup/optimizers/racers.py::_KNOWN"),
    *("groundup/modules/network.py::", "groundup/lessons/modules/network.toml::initialisation"),
    *("groundup/autograd/slopes.py::_WORDS", "groundup/ui/settings/optimizers.py"),
)
"""Lists of names, patterns of messages, and code."""

FIELD = re.compile(
    r"(?<!\w)(?:back-?prop\w*|hyper-?param\w*|stochastic|jacobian\w*|regulari[sz]\w*|one-hot"
    r"|quanti[sz]\w*|perceptron\w*|perplexity|vanishing|exploding|non-?linear(?:ity|ities)?"
    r"|classifiers?|regression|logits?|softmax|softplus|entropy|likelihood|quadratic|mantissa"
    r"|underflow\w*|subgradient\w*|operands?|overflow\w*|condition number|eigen\w+|hessian\w*"
    r"|embeddings?|vocabulary|tokens?|tokeni[sz]er|rotary|multi-head|mixture of experts|causal"
    r"|masked|pooling|convolution\w*|kernels?|epochs?|optimi[sz]ers?|momentum|dropout|buffers?"
    r"|hooks?|autograd|broadcast\w*|contiguous|strides?|storages?|promotion|ulps?|bfloat16|float16"
    r"|int8|gpus?|cuda|flops?|gib|variance|extrapolat\w*|saddles?|curvatures?|scalars?|vectors?"
    r"|transformers?|attention|activations?|relu|gelu|silu|tanh|sigmoid|rmsnorm|layernorm|adagrad"
    r"|adadelta|rprop|lbfgs|rmsprop|nesterov|adam|sgd|overfit\w*|converg\w*|diverg\w*|oscillat\w*"
    r"|residuals?|state_dict|grad_fn|derivatives?|chain rule|level lines?|tied|gated|architecture"
    r"|hidden layers?|meta|seeds?|dtypes?|gradients?)(?!\w)",
    re.IGNORECASE,
)
"""What the field says and the street does not, glossed or not."""


def test_the_path_introduces_exactly_the_glossary_s_words_of_the_path():
    named = [(name, one.id) for one in sections() for name in one.words]
    assert sorted(named) == sorted((one.id, one.section) for one in words() if one.section)


def test_every_word_is_a_sentence_that_uses_no_later_word():
    for one in words():
        assert one.meaning.endswith(".")
        assert ". " not in one.meaning
        if taught := section(one.section):
            assert early(one.meaning, taught) == [], one.id


def test_a_word_beside_the_path_stands_on_a_page_whose_controls_take_its_settings():
    for one in words():
        assert one.page in PAGES
        for key, value in one.settings.items():
            assert declared()[key].refusal(value) == "", (one.id, key)
        assert one.query, one.id


@pytest.mark.parametrize("one", [one for one in words() if one.line], ids=lambda one: one.id)
def test_the_line_beside_a_sentence_comes_out_true(one):
    assert holds(one.line)
    assert not holds(f"not ({one.line})")


def test_of_two_words_at_one_place_the_longer_is_meant():
    said = found("The Hidden layers' local slopes, for example `w.grad`, are shaped; X @ W.")
    assert [(one.word.id, one.written) for one in said] == [
        ("hidden-layer", "Hidden layers"),
        ("local-slope", "local slopes"),
        (".grad", "w.grad"),
        ("matrix-product", "@"),
    ]
    assert word("stride")
    assert not word("strides")


def test_the_path_uses_no_word_before_its_section():
    assert [(s.id, one.written, text) for s, text in walked() for one in early(text, s)] == []


def test_a_word_that_comes_too_early_is_found():
    first, last = sections()[0], sections()[-1]
    assert [one.word.id for one in early("A leaf has a slope.", first)] == ["leaf", "slope"]
    assert early("A leaf has a slope; its stride is 1.", last) == []


@cache
def prose() -> list[str]:
    """Every text of the app for readers."""
    by_maker = sentences().items()
    said = (text for maker, texts in by_maker if not maker.startswith(NO_PROSE) for text in texts)
    return [text for text in said if "(?:" not in text]


def unglossed(text):
    """The field's terms in ``text`` that no word of the glossary covers."""
    if terms := list(FIELD.finditer(text)):
        covered = {place for one in found(text) for place in range(*one.span)}
        return {match[0] for match in terms if match.start() not in covered}
    return set()


def test_the_prose_uses_no_term_of_the_field_without_a_gloss():
    assert {term for text in prose() for term in unglossed(text)} == set()
    assert unglossed("A hyperparameter of the optimizer.") == {"hyperparameter"}


def test_every_word_beside_the_path_is_one_that_the_app_uses():
    files = [file for file in Path("groundup").glob("**/*") if file.suffix in {".py", ".toml"}]
    said = "\n".join(file.read_text() for file in files if "course" not in file.parts)
    assert [one.id for one in words() if not one.section and not one.regex.search(said)] == []
