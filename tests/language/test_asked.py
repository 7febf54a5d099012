"""What a run's names hold at its end is read within the same bounds, and nothing of it stays."""

import gc
import weakref

import torch

from groundup.engine.trace import TraceLimits
from groundup.language.asked import ask_own
from groundup.language.own_code import check

LIMITS = TraceLimits(statements=1_000, seconds=1.0)


def asked(text, read=dict):
    return ask_own(check(text), read, limits=LIMITS)


def test_names_are_read_at_the_end_wherever_that_is():
    end, found = asked("x = 1\ny = x + 1")
    assert (end.state, found) == ("finished", {"x": 1, "y": 2})
    end, found = asked("x = 1\ny = x / 0")
    assert (end.state, end.failure.line, found) == ("failed", 2, {"x": 1})
    end, found = asked("x = 1\nwhile True:\n    x = 2")
    assert (end.state, found) == ("stopped", {"x": 2})
    assert "1,000 statements" in end.words


def test_statements_in_functions_count_too():
    end, _ = asked("def f(n):\n    n = n + 1\n    return n\nfor k in range(400):\n    f(k)")
    assert end.state == "stopped"


def test_no_object_of_the_text_stays():
    kept = []

    def read(names):
        kept.append(weakref.ref(names["model"]))
        return names["model"].weight.detach().clone()

    end, weight = asked(
        "from torch import nn\nmodel = nn.Linear(2, 3)\ny = model.weight.sum()", read
    )
    gc.collect()
    assert end.state == "finished"
    assert weight.shape == (3, 2)
    assert kept[0]() is None


def test_random_numbers_are_those_of_a_fresh_process_and_others_keep_theirs():
    torch.manual_seed(5)
    before = torch.get_rng_state()
    _, first = asked("import torch\nx = torch.rand(3)", lambda names: names["x"].tolist())
    _, again = asked("import torch\nx = torch.rand(3)", lambda names: names["x"].tolist())
    assert first == again == torch.rand(3, generator=torch.Generator()).tolist()
    assert torch.equal(torch.get_rng_state(), before)
