"""A change that is offered was tried: plain Python gets past the line that failed."""

import contextlib
import io

import pytest

from groundup.your_code.proposals import proposal
from groundup.your_code.running import for_visitors, ran

HEAD = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n"
FAILS = {
    "a = torch.ones(2, 3)\nprint(a @ torch.ones(4, 3))\n": "a @ torch.ones(4, 3).T",
    "print(torch.ones(4, 3) + torch.ones(4))\n": "torch.ones(4).unsqueeze(1)",
    "w = torch.ones(3, requires_grad=True)\n(w * 2).backward()\n": "(w * 2).mean().backward()",
    "a = torch.ones(3)\nprint(torch.cat(a, a))\n": "torch.cat([a, a])",
    "net = nn.Linear(4, 2)\nnet(torch.ones(5, 3))\n": "net = nn.Linear(3, 2)",
    "net = nn.Linear(12, 2)\nnet(torch.ones(5, 3, 4))\n": "torch.ones(5, 3, 4).flatten(1)",
    "x = torch.ones(4, 3)\nF.cross_entropy(x, torch.ones(4))\n": "torch.ones(4).long()",
    "print(torch.tensor([[1, 2]]) @ torch.ones(2, 2))\n": "torch.tensor([[1, 2]]).float() @",
    "x = torch.tensor([1, 2], requires_grad=True)\n": "requires_grad=True, dtype=torch.float32",
    "b = torch.ones(2, 3).t()\nprint(b.view(6))\n": "b.reshape(6)",
    "F.binary_cross_entropy(torch.full((6, 1), 0.5), torch.ones(6))\n": "torch.ones(6).reshape(",
    "w = torch.ones(1, requires_grad=True)\nfor i in range(2):\n    (w * w).sum().backward()\n"
    "    w -= w.grad\n    w.grad = None\n": "    with torch.no_grad():\n        w -= w.grad\n",
}


def failed(text):
    made = ran(text, for_visitors())
    assert made.end.state == "failed"
    return made


@pytest.mark.parametrize("text", FAILS)
def test_a_text_with_the_offered_change_runs_in_plain_python(text):
    offered = proposal(failed(HEAD + text))
    assert FAILS[text] in offered.text
    assert offered.fails_later is None
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(offered.text, "text", "exec"), {"__name__": "__main__"})
    changed = [line for line in offered.diff.splitlines() if line[:1] == "+"]
    assert all(line[1:] in offered.text.splitlines() for line in changed)


def test_where_the_changed_text_fails_later_its_line_is_told():
    text = HEAD + "a = torch.ones(2, 3)\nb = a @ torch.ones(4, 3)\nprint(b[7])\n"
    assert proposal(failed(text)).fails_later == 6


@pytest.mark.parametrize(
    "text", ["print(torch.ones(2)[5])\n", "x = [1][3]\n", "torch.ones(2, 3) @ torch.ones(5, 7)\n"]
)
def test_nothing_is_offered_that_does_not_help(text):
    assert proposal(failed("import torch\n" + text)) is None
