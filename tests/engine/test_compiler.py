"""Optimizers step without torch's compiler, and what compiles still has it."""

import subprocess
import sys

import pytest

STEPS = """
import sys, torch
for kind in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW, torch.optim.RMSprop):
    weight = torch.nn.Parameter(torch.tensor([1.0, -2.0]))
    optimizer = kind([weight], lr=0.1)
    for _ in range(3):
        optimizer.zero_grad()
        weight.square().sum().backward()
        optimizer.step()
    optimizer.load_state_dict(optimizer.state_dict())
    print(kind.__name__, weight.tolist(), torch.is_grad_enabled())
point = torch.tensor([3.0, 4.0])
print(torch.func.grad(torch.linalg.vector_norm)(point).tolist())
print(torch.func.hessian(lambda x: x.prod())(point).tolist())
"""

POSTPONED = "from groundup.engine.compiler import postpone\npostpone()\n"


def printed(text: str) -> str:
    """What a fresh interpreter prints for ``text``."""
    done = subprocess.run(
        [sys.executable, "-c", text], capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout


def test_optimizers_step_to_the_same_numbers_and_no_compiler_is_imported():
    # Streamlit asks where it was called from, and inspect then looks through all modules.
    asks = "import inspect\ninspect.stack()\nprint('torch._dynamo.eval_frame' in sys.modules)"
    *plain, with_it = printed(STEPS + asks).splitlines()
    *without, is_there = printed(POSTPONED + STEPS + asks).splitlines()
    assert without == plain
    assert (with_it, is_there) == ("True", "False")


@pytest.mark.parametrize(
    "first",
    [
        "import torch._dynamo\ncounters = torch._dynamo.utils.counters",
        "from torch._dynamo.utils import counters",
        "import torch._dynamo.utils\ncounters = torch._dynamo.utils.counters",
        "from torch import _dynamo\ncounters = _dynamo.utils.counters",
        "import torch._dynamo as d\nd.compiled_autograd.reset()\ncounters = d.utils.counters",
        "torch.use_deterministic_algorithms(False)\nfrom torch._dynamo.utils import counters",
    ],
)
def test_whoever_asks_for_the_compiler_has_it_whole(first):
    text = f"""
{first}
doubled = torch.compile(lambda x: x * 2, backend="eager")
print(doubled(torch.ones(2)).tolist(), counters["frames"]["ok"])
print(counters is sys.modules["torch._dynamo.utils"].counters)
print(type(sys.modules["torch._dynamo"]).__name__, type(torch._dynamo).__name__)
"""
    assert printed(POSTPONED + STEPS + text).splitlines()[-3:] == [
        "[2.0, 2.0] 1",
        "True",
        "module module",
    ]


def test_torch_itself_is_not_imported_for_it():
    assert printed(f"{POSTPONED}import sys\nprint('torch' in sys.modules)") == "False\n"


def test_a_compiler_that_is_there_stays():
    text = f"import torch, torch._dynamo as d, sys\n{POSTPONED}print(sys.modules[d.__name__] is d)"
    assert printed(text) == "True\n"


def test_a_page_that_has_executed_its_lessons_has_not_imported_it():
    text = """
import sys
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("script.py", default_timeout=120).run()
page.switch_page("app_pages/training_loop.py").run()
assert not page.exception
print("torch.optim" in sys.modules, "torch._dynamo.eval_frame" in sys.modules)
"""
    assert printed(text).splitlines()[-1] == "True False"


def test_a_text_of_the_learners_may_use_torch_func_without_it():
    text = """
import ast, sys
import groundup.ui
from groundup.language.bounded import trace_own
from groundup.language.own_code import OwnCode
text = "import torch\\nprint(torch.func.grad(torch.sin)(torch.zeros(())).item())"
print(trace_own(OwnCode(text, ast.parse(text))).output)
print("torch._dynamo.eval_frame" in sys.modules)
"""
    assert printed(text).split() == ["1.0", "False"]
