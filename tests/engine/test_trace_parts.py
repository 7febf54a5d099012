"""Parts of lines as they are sent: equal to plain Python's, and the operators that failed."""

import itertools
import json
import subprocess
import sys

import pytest
import torch

from groundup.engine import lesson
from groundup.engine.trace import TraceLimits, expressions, trace
from groundup.engine.trace.clashes import clash
from groundup.engine.trace.expressions import Failing
from groundup.engine.trace.parts import MOST, fault, may_differ, parts
from groundup.mistakes.gallery import everything

PLAIN = """
import json, os, sys, torch

def told(value):
    if isinstance(value, torch.Tensor):
        first = value.detach().flatten()[:4].tolist()
        return [str(value.dtype)[6:], list(value.shape), first]
    return repr(value)

def evaluated(text, line, count, sources):
    found, seen = [], []
    def traced(frame, event, _):
        if frame.f_code.co_filename != "<plain>":
            return None
        if event == "line" and frame.f_lineno == line:
            seen.append(1)
            if len(seen) == count + 1:
                sys.settrace(None)
                grad = torch.is_grad_enabled()
                for source in sources:
                    found.append(told(eval(source, frame.f_globals, frame.f_locals)))
                    torch.set_grad_enabled(grad)
                raise KeyboardInterrupt
        return traced
    sys.settrace(traced)
    try:
        exec(compile(text, "<plain>", "exec"), {"__name__": "__main__", "print": lambda *_: None})
    except KeyboardInterrupt:
        pass
    sys.settrace(None)
    return found

weight = torch.ones(1, requires_grad=True)
torch.optim.Adam([weight]).step()  # what it imports is imported once, and untraced
for case in json.load(sys.stdin):
    if not os.fork():
        print(json.dumps(evaluated(*case)), flush=True)
        os._exit(0)
    os.wait()
"""
"""Run in an interpreter that knows nothing of groundup, each text in a process of its own."""

LINES = [
    ("training_loop", {"epochs": 5}, "y_hat = X @ w + b", 3),
    ("training_loop", {"epochs": 5}, "loss = torch.mean(", 4),
    ("training_loop", {"epochs": 5}, "w -= learning_rate", 2),
    ("nn_module", {"epochs": 4}, "loss = ", 2),
    ("nn_module", {"epochs": 4}, "return self.linear(x)", 3),
    ("network", {"epochs": 3}, "y_hat = model(", 1),
    ("adding_up", {}, "loss = (w * x - 1) ** 2", 1),
    ("used_twice", {}, "loss = first", 0),
    ("why_activation", {}, "difference = ", 0),
]


def case(name, settings, passage, nth):
    """The parts of that moment of a lesson's text, and what is to be evaluated plainly."""
    text = lesson.load(name).set(**settings).text
    lines = text.splitlines()
    made = trace(text)
    moment = [m for m in made.moments if passage in lines[m.line - 1] and m.kind != "loop"][nth]
    count = [m.number for m in made.moments if m.line == moment.line].index(moment.number)
    mine = parts(expressions(text, moment))
    sources = [lines[a - 1][b:d] for a, b, _, d in (one["at"] for one in mine)]
    return mine, [text, moment.line, count, sources]


def test_each_part_is_worth_what_plain_python_says():
    cases = [case(*line) for line in LINES]
    asked = json.dumps([one for _, one in cases])
    done = subprocess.run(
        [sys.executable, "-c", PLAIN], input=asked, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    for (mine, (*_, sources)), plain in zip(cases, answers, strict=True):
        assert len(sources) >= 2
        for told in zip(mine, sources, plain, strict=True):
            is_worth(*told)


def is_worth(part, source, plain):
    if "shape" in part:
        assert [part["dtype"], part["shape"]] == plain[:2], source
        same = torch.tensor(part["values"], dtype=getattr(torch, part["dtype"]))
        assert same.tolist() == plain[2], source
    elif "text" in part:
        assert part["text"] in {plain, "function"}, source


# Where a line raised


FAILING = [one for one in everything() if one.promise == "error"]


@pytest.mark.parametrize("mistake", FAILING, ids=lambda one: one.name)
def test_every_mistake_that_raises_tells_the_part_that_did(mistake):
    text = mistake.lesson.text
    made = trace(text)
    told = fault(expressions(text, made.moments[-1]))
    line, start, end_line, end = told["at"]
    assert line == made.end.failure.line
    written = text.splitlines()[line - 1][start : end if end_line == line else None]
    name = told["operator"].lstrip(".").split("(")[0].removesuffix("[]")
    assert written
    assert name in written
    for one in told["operands"]:
        assert "at" in one or one["name"].startswith(told["operator"])
    assert told["raised"] == made.end.failure.kind
    assert fault(expressions(text, Failing(line))) == told


def test_a_linear_layer_that_is_handed_another_width_shows_the_matrix_that_it_met():
    head = "import torch\nclass Net(torch.nn.Module):\n    def __init__(self):\n"
    head += "        super().__init__()\n        self.out = torch.nn.Linear(4, 1)\n"
    text = (
        head + "    def forward(self, h):\n        return self.out(h)\nNet()(torch.ones(20, 8))\n"
    )
    made = trace(text)
    told = fault(expressions(text, made.moments[-1]))
    assert (told["operator"], told["clash"]) == ("self.out", [[0, 1], [1, 0]])
    given, matrix = told["operands"]
    assert (given["shape"], matrix) == ([20, 8], {"name": "self.out.weight.T", "shape": [4, 1]})
    other = text.replace("self.out(h)", "torch.relu(self.out)")
    assert len(fault(expressions(other, trace(other).moments[-1]))["operands"]) == 1


def test_the_part_that_raised_is_found_without_a_recording_whatever_was_caught_before():
    text = """
def halved(n):
    return 8 / n

for n in (2, 0, 1):
    try:
        halved(n)
    except ZeroDivisionError:
        pass
for n in (4, 0):
    last = halved(n)
"""
    told = fault(expressions(text, Failing(3)))
    assert (told["operator"], told["raised"], told["at"][0]) == ("/", "ZeroDivisionError", 3)
    assert [one["text"] for one in told["operands"]] == ["0"]
    assert expressions(text, Failing(3))[-1] == expressions(text, trace(text).moments[-1])[-1]
    caught = text[: text.index("for n in (4")]
    assert expressions(caught, Failing(3)) == []
    endless = caught + "while True:\n    pass\n"
    assert expressions(endless, Failing(3), limits=TraceLimits(statements=1_000)) == []
    # Another line than that which fails: the part is found, and nothing was seen before it.
    (part,) = expressions(text, Failing(2))
    assert (part.value, part.raised, part.operands) == (None, "ZeroDivisionError", ())


def test_a_layer_is_known_without_calling_anything_of_the_text():
    text = """
import torch
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.out = torch.nn.Linear(4, 1)
    def __getattr__(self, name):
        asked.append(name)
        if len(asked) > 1:
            raise SystemError("asked again")
        return super().__getattr__(name)
asked = []
net = Net()
asked.clear()
net.out(torch.ones(2, 3))
"""
    assert fault(expressions(text, Failing(15)))["operands"][-1]["shape"] == [4, 1]


def test_a_text_that_raised_nothing_and_a_moment_that_is_not_there_have_no_fault():
    text = "x = 1\ny = x + 1\n"
    (_, last) = trace(text).moments
    assert fault(expressions(text, last)) is None
    last.number = 7
    assert expressions(text, last) == []


def test_of_very_many_parts_the_first_are_sent():
    text = f"x = 1\ny = [{'x, ' * 5_000}]\n"
    assert len(parts(expressions(text, trace(text).moments[-1]))) == MOST


def test_a_text_that_reads_a_clock_may_say_something_else_when_it_is_run_again():
    assert may_differ(lesson.load("time_ffn").text)
    assert may_differ("from datetime import date")
    assert not may_differ(lesson.load("training_loop").text)
    assert not may_differ("import timeit_like, torch.random\ntime = 3")


SHAPES = [(), *(s for n in (1, 2, 3) for s in itertools.product((1, 2, 3), repeat=n))]
DO = {
    "@": lambda a, b: a @ b,
    "torch.mm": torch.mm,
    "a.bmm": torch.bmm,
    "+": lambda a, b: a + b,
    "==": lambda a, b: a == b,
    "+=": lambda a, b: a.add_(b),
}


@pytest.mark.parametrize("operator", DO)
def test_sizes_clash_where_torch_raises_and_nowhere_else(operator):
    ranks = {"torch.mm": {2}, "a.bmm": {3}, "@": {1, 2, 3}}.get(operator, {0, 1, 2, 3})
    there = [shape for shape in SHAPES if len(shape) in ranks]
    for one, other in itertools.product(there, repeat=2):
        marked = clash(operator, (one, other))
        try:
            DO[operator](torch.ones(one), torch.ones(other))
        except RuntimeError:
            if operator != "a.bmm" or one[2] != other[1]:
                assert marked, (one, other)
        else:
            assert not marked, (one, other)
        for operand, dimension in marked:
            assert 0 <= dimension < len((one, other)[operand])


def test_what_has_no_such_rule_marks_nothing():
    assert clash("torch.cat", ((2,), (3,))) == ()
    assert clash("+", ((2,), (3,), (4,))) == ()
    assert clash("nn.functional.cross_entropy", ((8, 3), (4,))) == ((0, 0), (1, 0))
    assert clash("nn.functional.cross_entropy", ((8, 3), (8,))) == ()
