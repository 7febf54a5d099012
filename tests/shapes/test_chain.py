"""Chains of operations: each shape, the error, the fixes and the script, held against torch."""

import re

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.engine.observe import run
from groundup.figures.shapes.chain import chain_picture
from groundup.shapes.chain import CHAIN, read_chain
from groundup.shapes.chain_fixes import chain_fixes
from groundup.shapes.chain_lesson import chain_lesson, chain_too_big
from groundup.shapes.lab import Lab
from groundup.shapes.words import words

CONVOLVED = "nn.Conv2d(6, 16, 5) → nn.MaxPool2d(2) → "
START = CONVOLVED + "flatten(1) → "
OPERATIONS = st.sampled_from(
    [
        "nn.Conv2d(3, 4, 3)",
        "nn.Conv2d(4, 3, 2, stride=2, padding=1)",
        "nn.MaxPool2d(2)",
        "nn.Linear(8, 3)",
        "nn.Linear(3, 5)",
        "flatten(1)",
        "flatten()",
        "permute(0, 3, 1, 2)",
        "permute(0, 2, 3, 1)",
        "transpose(1, 2)",
        "view(2, -1)",
        "view(-1, 8)",
        "reshape(2, -1)",
        "sum(dim=1)",
        "mean(dim=(0, 1), keepdim=True)",
        "squeeze()",
        "unsqueeze(0)",
        "expand(2, -1, -1, -1)",
    ]
)
SHAPES = st.sampled_from(
    ["2, 3, 8, 8", "2, 8, 8, 3", "3, 8, 8", "2, 4, 6, 5", "2, 8", "1, 3, 4, 4"]
)


def asked(a, chain):
    return Lab(CHAIN, a, chain=chain)


@given(SHAPES, st.lists(OPERATIONS, min_size=1, max_size=4))
@settings(max_examples=600, deadline=None)
def test_every_shape_on_the_way_is_the_one_that_the_script_makes(a, operations):
    lab = asked(a, " → ".join(operations))
    chain = read_chain(lab)
    done = run(chain_lesson(lab).text)
    assert (done.failure is None) == (chain.broken is None)
    names = [*(f"x{n}" for n in range(1, len(operations))), "result"]
    made = [tuple(done.variables[name].shape) for name in names if name in done.variables]
    told = [link.verdict.result for link in chain.links if link.verdict.result is not None]
    assert made == told
    if chain.broken:
        assert words(chain.broken.question).message == done.failure.message


@given(SHAPES, st.lists(OPERATIONS, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_a_fix_of_a_chain_runs_to_its_end_with_the_shape_it_promises(a, operations):
    for fix in chain_fixes(asked(a, "; ".join(operations))):
        done = run(chain_lesson(fix.lab).text)
        assert tuple(done.variables["result"].shape) == fix.result


def test_why_400():
    lab = asked("8, 6, 14, 14", START + "nn.Linear(512, 120)")
    chain = read_chain(lab)
    assert [link.verdict.result for link in chain.links[:3]] == [
        (8, 16, 10, 10),
        (8, 16, 5, 5),
        (8, 400),
    ]
    assert "x3 has 400" in chain.verdict.why
    drawn = chain_picture(chain)
    assert drawn["operations"][3]["notes"] == ["takes 512, gets 400", "400 = 16 × 5 × 5"]
    assert [fix.code for fix in chain_fixes(lab)] == ["nn.Linear(400, 120)"]


@pytest.mark.parametrize(
    ("a", "chain", "first"),
    [
        (
            "8, 6, 14, 14",
            CONVOLVED + "flatten() → nn.Linear(400, 9)",
            "flatten(1)",
        ),
        ("8, 6, 14, 14", CONVOLVED + "nn.Linear(400, 9)", "flatten(1)"),
        ("8, 3, 14, 14", START + "nn.Linear(400, 9)", "nn.Conv2d(3, 16, 5)"),
        ("8, 6, 14, 14", START + "nn.Linear(512, 9)", "nn.Linear(400, 9)"),
    ],
)
def test_the_first_fix_keeps_the_examples_apart(a, chain, first):
    fix = chain_fixes(asked(a, chain))[0]
    assert (fix.code, fix.result) == (first, (8, 9))


def test_a_batch_that_a_view_counts_wrongly_is_a_trap_in_a_chain():
    chain = read_chain(asked("8, 6, 14, 14", "nn.Conv2d(6, 16, 5) → view(-1, 400)"))
    assert chain.verdict.result == (32, 400)
    assert chain.verdict.trap.startswith("Operation 2: ")


def test_the_script_says_each_shape_as_far_as_it_gets():
    done = run(chain_lesson(asked("8, 6, 14, 14", START + "nn.Linear(512, 120)")).text)
    assert done.output.splitlines() == [
        "a has (8, 6, 14, 14)",
        "nn.Conv2d(6, 16, 5) gives (8, 16, 10, 10)",
        "nn.MaxPool2d(2) gives (8, 16, 5, 5)",
        "flatten(1) gives (8, 400)",
    ]


def test_sizes_of_real_models_run_on_the_meta_device_and_fail_in_real_words():
    stem = "nn.Conv2d(3, 64, 7, stride=2, padding=3) → nn.MaxPool2d(3, 2, 1) → flatten(1) → "
    lab = asked("64, 3, 224, 224", f"{stem}nn.Linear(512, 1000)")
    chain = read_chain(lab)
    made = chain_lesson(lab)
    assert made.settings["device"] == "meta"
    assert "not computed" in chain_too_big(chain)
    failed = words(chain.broken.question)
    assert failed.message == ("mat1 and mat2 shapes cannot be multiplied (64x200704 and 512x1000)")


@pytest.mark.parametrize(
    "typed",
    [
        "nn.Conv2d(6, 16, 5); nn.MaxPool2d(2)",
        "nn.Conv2d(6, 16, kernel_size=5), nn.MaxPool2d(kernel_size=2)",
        "torch.nn.Conv2d(6, 16, (5, 5)) -> nn.MaxPool2d(2, 2)",
        "Conv2d(6, 16, 5)\nMaxPool2d(2)",
    ],
)
def test_a_chain_may_be_written_in_every_usual_way(typed):
    assert [link.text for link in read_chain(asked("8, 6, 14, 14", typed)).links] == [
        "nn.Conv2d(6, 16, 5)",
        "nn.MaxPool2d(2)",
    ]


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("", "one to 4"),
        ("flatten(1)" + "; flatten(1)" * 4, "one to 4"),
        ("__import__('os').system('id')", "cannot be read"),
        ("exec('1')", "cannot be read"),
        ("save(1)", "no operation here"),
        ("nn.ReLU()", "leave it out"),
        ("flatten(1) → nn.Embedding(3, 4)", "come first"),
        ("nn.Linear(3)", "out_features is missing"),
        ("nn.Linear(3, 99999999999)", "1,000,000,000"),
        ("nn.Conv2d(3, 4, (3, 5))", "whole number"),
        ("sum(axis=1)", "not axis"),
        ("flatten(" + "9" * 150 + ")", "too large"),
        ("view(" + "(" * 400, "cannot be read"),
        ("expand(1000000000, 1000000000, 1000000000)", "more cells"),
    ],
)
def test_what_cannot_be_in_a_chain_gets_a_sentence_that_names_it(typed, named):
    with pytest.raises(ValueError, match=re.escape(named)):
        chain_lesson(asked("1", typed))


def test_an_embedding_begins_a_chain_with_whole_numbers():
    lab = asked("4, 10", "nn.Embedding(100, 8) → mean(dim=1) → nn.Linear(8, 2)")
    done = run(chain_lesson(lab).text)
    assert done.variables["a"].dtype == torch.int64
    assert tuple(done.variables["result"].shape) == read_chain(lab).verdict.result == (4, 2)
