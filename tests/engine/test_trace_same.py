"""Tracing changes nothing of what a text computes: compared, to the bit, with plain ``exec``."""

# Texts that are run stand on a line of their own, however long.
# ruff: noqa: E501

import json
import re
import time

import pytest
import torch

from groundup.engine import lesson
from groundup.engine.check import REPEATS, every_way, fits
from groundup.engine.trace import TraceLimits, Tracing
from tests.engine import plain

LIMITS = TraceLimits(moments=1_000, seconds=60)
"""Few moments, so that long loops are thinned as well."""


GROUPS = "init_process_group"
"""A text that joins a group of processes waits for others: tests/workers/ and tests/scale/ run it."""
NOT_STEPPED = {"torch_splits"}
"""Its tensors are torch's distributed ones: their numbers lie on several workers."""


def few_repeats(loaded):
    """``loaded`` with three passes of its loop: a text is run about four hundred times here."""
    there = (loaded.parameters[name] for name in REPEATS if name in loaded.parameters)
    few = {one.name: min(one.default, max(int(one.low), 3)) for one in there if one.low is not None}
    return loaded.set(**few)


def texts_of(folder):
    """Each text that the lessons in ``folder`` can be made into by one option and one edit."""
    for file in sorted(folder.rglob("*.py")):
        if file.stem == "__init__" or file.stem in NOT_STEPPED:
            continue
        loaded = few_repeats(lesson.load(file.stem, file.parent))
        if GROUPS in loaded.text:
            continue
        for written in every_way(loaded):
            yield written.text
            yield from (
                written.edit(name).text
                for name, edit in written.edits.items()
                if fits(edit, written)
            )


def traced(text):
    """What came of ``text`` when it was traced, in the form of :func:`tests.engine.plain.run`."""
    tracing = Tracing(text, LIMITS)
    trace = tracing.run()
    assert trace.end.state != "stopped", trace.end.words
    assert tracing.recorder.objects.unread == []
    failure = tracing.failure
    inside, outside = tracing._torch, torch.get_rng_state()
    torch.set_rng_state(inside.random)
    told = plain.outcome(
        tracing._namespace,
        tracing.output,
        [(one.kind, one.message) for one in tracing.notices],
        (failure.line, failure.kind, failure.message) if failure else (),
    )
    torch.set_rng_state(outside)
    told |= {"grad": inside.grad, "dtype": str(inside.dtype)}
    return json.loads(json.dumps(told))


@pytest.fixture
def steady_clock(monkeypatch):
    def start():
        count = iter(range(10**9))
        for name in ("perf_counter", "time", "monotonic", "process_time", "thread_time"):
            monkeypatch.setattr(time, name, lambda: next(count) / 1024)

    yield start
    monkeypatch.undo()


def differences(texts, steady_clock):
    found = []
    for text, alone in zip(texts, plain.plain_runs(texts), strict=True):
        steady_clock()
        together = traced(text)
        if "torch.linalg." in text:
            # LAPACK's last bits depend on where in memory a matrix lies, in plain runs as well.
            alone["variables"], together["variables"] = map(
                list, (alone["variables"], together["variables"])
            )
        found += [
            (text, key, alone[key], together[key]) for key in alone if alone[key] != together[key]
        ]
    return found


FOLDERS = (
    "autograd",
    "mistakes",
    "modules",
    "optimizers",
    "scale",
    "shapes",
    "tensors",
    "training",
    "your_code",
)


def test_no_folder_of_lessons_is_left_out():
    assert {file.name for file in lesson.LESSONS.iterdir() if file.is_dir()} - {
        "__pycache__"
    } == set(FOLDERS)


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    "folders", [("autograd", *FOLDERS[2:6]), ("mistakes",), ("tensors",), ("training", "your_code")]
)
def test_every_lesson_option_edit_and_mistake_computes_what_it_computes_untraced(
    folders, steady_clock
):
    made = [text for folder in folders for text in texts_of(lesson.LESSONS / folder)]
    texts = [re.sub(r"in range\(\d{2,}\)", "in range(9)", text) for text in dict.fromkeys(made)]
    assert len(texts) > 50
    assert differences(texts, steady_clock) == []


HARD = {
    "raises in a function": "def f(x):\n    y = x + 1\n    return y / 0\nf(1)",
    "exits": "import sys\nx = 1\nsys.exit(3)\nx = 2",
    "recurses": "def f(n):\n    return 1 if n == 0 else 1 + f(n - 1)\nx = f(200)",
    "recurses for ever": "def f(n):\n    return f(n + 1)\ntry:\n    f(0)\nexcept RecursionError as e:\n"
    "    kind = type(e).__name__",
    "rebinds print": "said = []\ndef print(*a):\n    said.append(a)\nprint(1)\nx = said",
    "shadows what a recorder might be called": "trace = record = after = enter = None\n"
    "del trace, record\nimport builtins\nbuiltins_before = len(dir(builtins))",
    "hooks of classes": """
class Noisy:
    seen = []
    def __setattr__(self, name, value):
        Noisy.seen.append(("set", name))
        object.__setattr__(self, name, value)
    def __getattr__(self, name):
        Noisy.seen.append(("get", name))
        raise AttributeError(name)
    def __getattribute__(self, name):
        Noisy.seen.append(("any", name))
        return object.__getattribute__(self, name)
    def __repr__(self):
        Noisy.seen.append("repr")
        return "noisy"
    __str__ = __len__ = __hash__ = __iter__ = __bool__ = __repr__
    def __eq__(self, other):
        Noisy.seen.append("eq")
        return True
    @property
    def __dict__(self):
        Noisy.seen.append("dict")
        return {}
    @property
    def __class__(self):
        Noisy.seen.append("class")
        return int
class Meta(type):
    def __getattribute__(cls, name):
        Noisy.seen.append(("meta", name))
        return type.__getattribute__(cls, name)
    def __repr__(cls):
        Noisy.seen.append("meta repr")
        return "meta"
class Odd(list, metaclass=Meta):
    def __len__(self):
        Noisy.seen.append("len")
        return 0
    def __iter__(self):
        Noisy.seen.append("iter")
        return iter(())
    def __getitem__(self, i):
        Noisy.seen.append("item")
a = Noisy()
a.x = 1
b = [a, Odd([1, 2]), {"k": a}]
c = a.x
seen = len(Noisy.seen)
""",
    "a subclass of tensors": """
import torch
calls = []
class Mine(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        calls.append(func.__name__ if hasattr(func, "__name__") else str(func))
        return super().__torch_function__(func, types, args, kwargs or {})
    @property
    def shape(self):
        calls.append("shape")
        return ()
t = torch.ones(3).as_subclass(Mine)
u = t + 1
n = len(calls)
""",
    "modes": """
import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
calls = []
class Function(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        calls.append(getattr(func, "__name__", "?"))
        return func(*args, **(kwargs or {}))
class Dispatch(TorchDispatchMode):
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        calls.append(str(func))
        return func(*args, **(kwargs or {}))
big = torch.ones(3000, dtype=torch.bfloat16)
with Function(), Dispatch():
    x = torch.ones(2, 2)
    y = x.T @ x
    z = torch.ones(3000)
    z += 1
    h = z.to(torch.bfloat16)
n = len(calls)
""",
    "hooks of modules and tensors": """
import torch
seen = []
model = torch.nn.Linear(2, 1)
model.register_forward_hook(lambda m, i, o: seen.append(tuple(o.shape)))
w = torch.ones(2, requires_grad=True)
w.register_hook(lambda g: g * 2)
def seeing(g):
    seen.append(g.sum().item())
y = model(w)
y.register_hook(seeing)
y.sum().backward()
""",
    "generators": """
def g(n):
    got = []
    for i in range(n):
        x = yield i
        got.append(x)
    return got
it = g(3)
out = [next(it), it.send("a"), it.send("b")]
try:
    it.send("c")
except StopIteration as e:
    value = e.value
def h():
    r = yield from g(2)
    yield r
all_of_it = list(h())
squares = [i * i for i in range(5)]
lazy = sum(i for i in g(4))
""",
    "returns in loops, breaks, else": """
def first(xs):
    for x in xs:
        for y in x:
            if y > 2:
                return y
        else:
            continue
    else:
        return -1
a = first([[1, 2], [3]])
b = first([])
n = 0
while True:
    n += 1
    if n < 3: continue
    break
for i in range(3): pass
else: n = 10
""",
    "global and nonlocal": """
n = 0
def outer():
    m = 1
    def inner():
        nonlocal m
        global n, made
        m += 1
        n += 1
        made = m
        return m
    return inner() + inner()
total = outer()
""",
    "docstrings and the future": '''"""What it is."""
from __future__ import annotations
from __future__ import division
def f():
    """What f is."""
class A:
    """What A is."""
    x: int = 3
said = (__doc__, f.__doc__, A.__doc__, A.__annotations__)
''',
    "run as a script": 'def main():\n    return 3\nif __name__ == "__main__":\n    x = main()',
    "grad modes": """
import torch
w = torch.ones(2, requires_grad=True)
with torch.no_grad():
    w -= 0.5 * w
    inside = torch.is_grad_enabled()
@torch.no_grad()
def f(x):
    y = x * 2
    return y, torch.is_grad_enabled()
out, within = f(w)
with torch.inference_mode():
    z = w * 3
with torch.enable_grad(), torch.set_grad_enabled(False):
    v = w + 1
torch.set_grad_enabled(False)
u = w * 2
""",
    "looks at its own names": """
def f(a):
    before = locals()
    b = 2
    return sorted(before), sorted(locals())
def g(a):
    b = 2
    return dir(), sorted(globals())
class A:
    x = 1
    names = sorted(locals())
here, there, names = f(1), g(1), (sorted(globals()), dir())
names = [n for n in names[0] if n != "__builtins__"]
""",
    "objects end when they end": """
import torch, weakref
said = []
class Thing:
    def __del__(self):
        said.append("gone")
def f():
    t = torch.ones(3)
    kept = weakref.ref(t)
    t = torch.zeros(3)
    one = kept() is None
    thing = Thing()
    thing = None
    said.append("after")
    return one, kept() is None
alive = f()
t = torch.ones(2)
r = weakref.ref(t)
del t
dead = r() is None
""",
    "random numbers": "import torch, random\nrandom.seed(1)\ntorch.manual_seed(3)\nx = torch.rand(3)\n"
    "drop = torch.nn.Dropout()\ny = drop(x)\nz = random.random()",
    "tries and warns": """
import warnings
def f():
    try:
        return 1 / 0
    except ZeroDivisionError:
        warnings.warn("careful", UserWarning)
        raise ValueError("other") from None
    finally:
        print("at last")
try:
    f()
except (ValueError, KeyError) as e:
    said = str(e)
try:
    raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
except* ValueError as eg:
    n = len(eg.exceptions)
except* TypeError:
    m = 1
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        warnings.warn("now an error")
    except UserWarning as e:
        kind = type(e).__name__
""",
    "what is deleted and odd": """
x = [1, 2]
del x[0]
y = x
del x
import types
m = types.SimpleNamespace(a=1)
m.self = m
loop = []
loop.append(loop)
match m.a:
    case 1 if y: z = "one"
    case _: z = "other"
a = b = c = 5; d = (a, b); (e, *f) = d
assert d, "no"
f[:] = [x for x in range(3)]
if (n := len(f)) > 2: pass
lam = lambda q: q + 1
deco = lambda fn: fn
@deco
class K:
    def __enter__(self): return 3
    def __exit__(self, *a): return True
with K() as k:
    raise KeyError("swallowed")
async def co(): return 1
""",
    "memory seen in other ways": """
import torch
t = torch.arange(6.0).reshape(2, 3)
v = t.T
v2 = t[0]
n = t.numpy()
n[0, 0] = 7
t.data[1, 1] = 9
e = torch.zeros(1).expand(10**9)
meta = torch.empty(10**9, 10**9, device="meta")
sparse = torch.eye(3).to_sparse()
c = torch.tensor([1 + 2j]).conj()
q = torch.tensor([1 + 2j]).imag
s = torch.ones(3)
s.untyped_storage().resize_(0)
half = torch.ones(3, dtype=torch.bfloat16)
empty = torch.zeros(0, 3)
g = torch.func.grad(lambda x: (x ** 2).sum())(torch.ones(2))
def loss(x):
    y = x * 2
    return y.sum()
j = torch.func.vmap(torch.func.grad(loss))(torch.ones(2, 2))
del s
""",
}


@pytest.mark.timeout(200)
def test_hard_texts_compute_what_they_compute_untraced(steady_clock):
    assert differences(list(HARD.values()), steady_clock) == []
