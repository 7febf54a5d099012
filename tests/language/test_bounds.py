"""A learner's text runs within bounds, computes what Python computes, and changes nothing."""

import ast
import json
import subprocess
import sys

import pytest
import torch

from groundup.engine.trace.entries import Value
from groundup.language.bounded import expressions_own, trace_own
from groundup.language.bounds import limits
from groundup.language.own_code import OwnCode, RefusedCodeError
from tests.language.bombs import texts
from tests.language.compared import difference, own, plainly
from tests.language.fuzz import programs
from tests.language.healthy import HEALTHY

ROOM = 150 * 2**20
"""By so much a process may grow: what is alive, what one operation needs, and torch's own."""
SECONDS = 1.0
"""So long each text may compute here; a text on the page has five times that."""


def in_a_process(these, seconds=280):
    """What became of ``these`` texts, run one after another in a process of their own."""
    command = [*(sys.executable, "-W", "ignore", "-m", "tests.language.bounded_child")]
    command.append(str(SECONDS))
    given = json.dumps(these)
    done = subprocess.run(
        command, input=given, capture_output=True, text=True, timeout=seconds, check=False
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.timeout(300)
def test_no_text_takes_more_than_it_may_or_changes_what_all_share():
    wanted = texts()
    assert len(wanted) >= 200
    for told, (text, words) in zip(in_a_process([t for t, _ in wanted]), wanted, strict=True):
        assert words in told["end"], (text, told)
        assert told["grown"] < ROOM, (text, told)
        assert told["seconds"] < SECONDS + 1, (text, told)
        assert told["changed"] == [], text
        assert len(told["output"]) <= limits.OUTPUT


@pytest.mark.parametrize("text", HEALTHY)
def test_a_healthy_text_prints_what_python_prints(text):
    trace = own(text)
    assert trace.end.state == "finished", trace.end.words
    assert trace.output == plainly(text)


@pytest.mark.parametrize("first", range(0, 2_000, 500))
def test_programs_at_random_compute_what_python_computes(first):
    for text in programs(first, 500):
        assert difference(text) == "", text


def test_a_call_that_does_not_fit_is_refused_in_pythons_own_words():
    for call in (
        "repr(1, 2)",
        "round(1, 2, 3)",
        "'a'.ljust()",
        "[1].append()",
        "any(1, 2)",
        "min(*2)",
        "type(1, 2)",
        "2 + reversed('ab')",
        "sum(reversed([[1]]))",
    ):
        told = own(call).end.failure.message
        with pytest.raises(TypeError) as raised:
            eval(call)  # a text of this test
        assert told == str(raised.value), call


def test_a_stop_names_its_line_and_what_to_do():
    trace = own("import torch\nx = torch.zeros(3)\n\nfor i in range(3):\n    x.repeat(10**10)\n")
    assert trace.end.state == "stopped"
    assert trace.end.words.endswith(
        "line 5 needs 114,441 MB; 64 MB are the most: make the tensors smaller."
    )
    assert trace.moments[-1].line in {4, 5}


def test_bounds_are_where_the_sentences_say():
    for fine in ("[0] * 10_000", "'a' * 10_000", "2 ** 63", "torch.zeros(2 ** 24)"):
        assert own(f"import torch\nx = {fine}").end.state == "finished", fine
    for more in ("[0] * 10_001", "'a' * 10_001", "2 ** 64 * 2", "torch.zeros(2 ** 24 + 1)"):
        assert own(f"import torch\nx = {more}").end.state == "stopped", more


def test_the_digits_of_a_text_are_no_width():
    long = "import torch\nx = "
    for fine in ("'5000 %d' % 3", "'%1000d' % 3", "f'{3:1000}'"):
        assert own(long + fine).end.state == "finished", fine
    for more in ("'%1001d' % 3", "f'{3:1001}'", "'%.1001f' % 3.0"):
        end = own(long + more).end
        assert end.state == "stopped", more
        assert "formats a value with 1,001 characters; 1,000 are the most" in end.words


def test_what_is_raised_is_as_in_python():
    text = "import torch\nx = torch.ones(2, 3)\ny = x @ x\n"
    trace = own(text)
    with pytest.raises(RuntimeError) as raised:
        torch.ones(2, 3) @ torch.ones(2, 3)
    assert trace.end.failure.line == 3
    assert trace.end.failure.message == str(raised.value)


def test_the_parts_of_a_line_are_seen_within_the_bounds():
    text = "import torch\nx = torch.ones(2)\nx = x * 2 + len([1, 2])\n"
    code = OwnCode(text, ast.parse(text))
    trace = trace_own(code)
    found = expressions_own(code, trace.moments[-1])
    shown = {text.splitlines()[2][e.span.column : e.span.end_column]: e.value for e in found}
    assert shown["len([1, 2])"] == Value("int", "2")
    assert shown["x * 2"].values == (2.0, 2.0)
    assert shown["x * 2 + len([1, 2])"].values == (4.0, 4.0)


def test_a_string_cannot_stand_for_a_guard():
    text = 'x = "\\0recorded guard callee"\n'
    with pytest.raises(RefusedCodeError):
        own(text)


def test_nothing_of_a_text_runs_after_its_end():
    text = (
        "kept = []\n"
        "def f():\n    try:\n        yield 1\n    finally:\n        kept.append(print('later'))\n"
        "g = f()\nnext(g)\n"
    )
    trace = own(text)
    assert trace.end.state == "finished"
    assert "later" not in trace.output
