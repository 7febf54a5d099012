"""A refusal helps: it says what is not here, where, and what can stand there instead."""

from __future__ import annotations

import pytest

from groundup.language.own.pasted import cleaned
from groundup.language.own_code import check
from tests.language.test_own_code import marked, refused, replaced

HELP = {
    # Other libraries
    "y = np.max(x)": ("np.max", "torch.max", "y = torch.max(x)"),
    "y = np.random.randn(3)": ("np.random.randn", "torch.randn", "y = torch.randn(3)"),
    "n = np.linalg.norm(x)": ("np.linalg.norm", "torch.linalg.norm", "n = torch.linalg.norm(x)"),
    "x = np.array([1, 2])": ("np.array", "torch.tensor", "x = torch.tensor([1, 2])"),
    "A = np.concatenate([x, y])": ("np.concatenate", "torch.cat", "A = torch.cat([x, y])"),
    "y = tf.reduce_sum(x)": ("tf.reduce_sum", "torch.sum", "y = torch.sum(x)"),
    "y = jnp.exp(x)": ("jnp.exp", "torch.exp", "y = torch.exp(x)"),
    "import numpy as np\nx = 1": ("import numpy as np", "NumPy is not here", "\nx = 1"),
    "plt.plot([1, 2])": ("plt.plot([1, 2])", "the page draws", "pass"),
    "from tqdm import tqdm": ("from tqdm import tqdm", "no progress bar", ""),
    "import torchvision": ("import torchvision", "torchvision and its data", ""),
    "import pandas as pd": ("import pandas as pd", "pandas is not here", ""),
    "import sklearn": ("import sklearn", "scikit-learn is not here", ""),
    "import keras": ("import keras", "Keras is not here", ""),
    "import jax": ("import jax", "JAX is not here", ""),
    "import tensorflow as tf": ("import tensorflow as tf", "torch.nn", ""),
    "import warnings": ("import warnings", "the whole process", ""),
    "import os": ("import os", "no file is read or written", ""),
    "import requests": ("import requests", "requests is not here", ""),
    # Other spellings of PyTorch's own
    "y = torch.nn.relu(x)": ("torch.nn.relu", "torch.relu", "y = torch.relu(x)"),
    "m = torch.Linear(1, 2)": ("torch.Linear", "torch.nn.Linear", "m = torch.nn.Linear(1, 2)"),
    "loss_fn = nn.MSEloss()": ("nn.MSEloss", "Is nn.MSELoss meant?", "loss_fn = nn.MSELoss()"),
    "o = torch.optim.adam([w])": ("torch.optim.adam", "meant", "o = torch.optim.Adam([w])"),
    "from torch.nn import RELU": ("RELU", "meant", "from torch.nn import ReLU"),
    "x = torch.zeroes(3)": ("torch.zeroes", "torch.zeros", "x = torch.zeros(3)"),
    "loss.bakward()": ("loss.bakward", ".backward", "loss.backward()"),
    "y = F.softmax(x, axis=1)": ("axis=1", "F.softmax calls this dim=", "y = F.softmax(x, dim=1)"),
    "m.cuda()": ("m.cuda()", "there is none here", "m"),
    "a = x.detach().numpy()": ("x.detach().numpy()", "A list", "a = x.detach().tolist()"),
    "m = torch.compile(m)": ("torch.compile(m)", "does the same without", "m = m"),
    "with torch.no_grad:\n    x": ("torch.no_grad", "is called", "with torch.no_grad():\n    x"),
    "import torch\nd = torch.utils.data.DataLoader(x, num_workers=2)": (
        "num_workers=2",
        "no other process",
        "import torch\nd = torch.utils.data.DataLoader(x, num_workers=0)",
    ),
    "d = torch.utils.data.DataLoader(x, pin_memory=True)": (
        "pin_memory=True",
        "no GPU",
        "d = torch.utils.data.DataLoader(x, pin_memory=False)",
    ),
    # Slips of the pen
    "y = x^2": ("x^2", "A power is `**`", "y = x ** 2"),
    "y = 2x + 1": ("2x", "a product is written with *", "y = 2 * x + 1"),
    "y = 0.5 x": ("0.5 x", "a product is written with *", "y = 0.5 * x"),
    "print x": ("print x", "stands in brackets", "print(x)"),
    "print 'a', x  # b": ("print 'a', x", "stands in brackets", "print('a', x)  # b"),
    "%matplotlib inline": ("%matplotlib inline", "a command to the notebook", ""),
    "!pip install torch": ("!pip install torch", "a command to the notebook", ""),
    "pip install torch": ("pip install torch", "a command to the notebook", ""),
    "if x = 1:\n    pass": ("=", "to compare", "if x == 1:\n    pass"),
    "for i in range(3)\n    print(i)": ("", "a colon", "for i in range(3):\n    print(i)"),
    "i++": ("i++", "Python has no ++", "i += 1"),
    "a = x && y": ("&&", "Write and", "a = x and y"),
    "if a || b:\n    pass": ("||", "Write or", "if a or b:\n    pass"),
    "if a &lt; b:\n    pass": ("&lt;", "Write <", "if a < b:\n    pass"),
    "if a:\n    pass\nelse if b:\n    pass": (
        "else if",
        "Write elif",
        "if a:\n    pass\nelif b:\n    pass",
    ),
    "x = true": ("true", "Is True meant?", "x = True"),
    "x = null": ("null", "Is None meant?", "x = None"),
    "Print(1)": ("Print", "has no value here", "print(1)"),
    "loss = 1\ny = Loss": ("Loss", "Is loss meant?", "loss = 1\ny = loss"),
    "y = x × 2": ("×", "MULTIPLICATION SIGN", "y = x * 2"),
    "y = x − 2": ("−", "MINUS SIGN", "y = x - 2"),
    "def f(_x):\n    return 1": ("_x", "begins with _", "def f(x):\n    return 1"),
}
"""A text, what is marked in it, a part of the reason, and the text with the replacement."""

ALIKE = {
    "from __future__ import annotations": "",
    "import torch.nn.Linear": "from torch.nn import Linear",
    "class N(nn.Module):\n    def _init_(self):\n        pass": (
        "class N(nn.Module):\n    def __init__(self):\n        pass"
    ),
    "class N(nn.Module):\n    def f(self):\n        self._x = 1": (
        "class N(nn.Module):\n    def f(self):\n        self.x = 1"
    ),
    "y = (a + b) ^ 3": "y = (a + b) ** 3",
    "from tqdm import tqdm\nfor i in tqdm(range(3)):\n    i": "\nfor i in range(3):\n    i",
    "import numpy as np\nx = np.ones((2, 3)) * np.pi + np.exp(0.5)": (
        "\nx = torch.ones((2, 3)) * torch.pi + torch.exp(0.5)"
    ),
}
"""Texts with several places, or a long one, and what stands there once all are replaced."""


@pytest.mark.parametrize("text", HELP)
def test_a_refusal_marks_its_place_and_says_what_can_stand_there(text):
    place, fragment, after = HELP[text]
    (found,) = refused(text)
    assert marked(text, found) == place
    assert fragment in found.reason
    assert replaced(text, (found,)) == after
    assert check(after)


@pytest.mark.parametrize("text", ALIKE)
def test_a_text_is_accepted_once_every_place_is_replaced(text):
    after = replaced(text, refused(text))
    assert after == ALIKE[text]
    assert check(after)


SAID = {
    "x = input('n')": "nobody can type",
    "f = open('a')": "no file is read",
    "y = eval('1')": "cannot run other texts",
    "y = getattr(x, 'a')": "behind a dot",
    "exit()": "runs to its end",
    "y = ascii(x)": "ascii is not in this language",
    "f = '{}'.format": "a text that is written out",
    "y = '{.a}'.format(x)": "a field is {}, {0} or {name} here",
    "y = '{'.format(x)": "cannot read: Single",
    "y = f'{x:>9999}'": "a format is written out",
    "x.map_(y, f)": "whole tensors",
    "s = classmethod": "above a method",
    "s = property": "above a method",
    "y = (yield)": "not Python",
    "def f():\n    y = yield": "yield inside an expression",
    "y = (x async for x in z)": "async is not in this language",
    "torch.save(m, 'a')": "no file is read",
    "torch.set_default_dtype(torch.float64)": "the whole process",
    "torch.distributed.barrier()": "one process runs a text",
    "torch.from_numpy(a)": "NumPy is not here",
    "torch.cuda.empty_cache()": "there is no GPU here",
    "torch.nn.nothing(1)": "torch.nn.nothing is not in this language",
    "y = x.storage()": "x.stride()",
    "y = x.data_ptr()": "a.data_ptr() == b.data_ptr()",
    "y = x.resize_(3)": "x.reshape",
    "x.apply_(f)": "whole tensors",
    "m.share_memory()": "no other process",
    "y = x.compile": "the same numbers without it",
    "y = x.nothing": "no tensor, module or class of this text shows it",
    "y = x.__dict__": "what begins with _",
    "y = __file__": "begins with _",
    "m = torch": "cannot be passed on",
    "m = torch.nn": "cannot be passed on",
    "nn.Linear.forward = f": "serves every learner",
    "import torch.nn as nn\nnn = 1": "stands for torch.nn in this text",
    "import torch as t, torch.nn as t": "stands for torch already",
    "import torch as eval": "is Python's own word",
    "from torch import *": "Name what you need",
    "from . import x": "no package around",
    "x.compile = 1": "calls something of its own",
    "del x.grad": "Set it to None",
    "f().x = 1": "Give this a name first",
    "del input": "cannot be deleted",
    "def eval():\n    pass": "is Python's own word",
    f"{'x' * 99} = 1": "80 characters",
    "c = torch.no_grad()": "stands behind with",
    "D = torch.utils.data.DataLoader": "made where it is named",
    "d = torch.utils.data.DataLoader(*x)": "without stars",
    "d = torch.utils.data.DataLoader(x, 1, True, None)": "the rest by name",
    "d = torch.utils.data.DataLoader(x, timeout=1)": "is not given timeout",
    "import typing\nx = typing.Any": "a colon or an arrow",
    "t = type": "called with one value",
    "t = type(1, 2, 3)": "called with one value",
    "t = type(int)": "makes new classes",
    "s = super": "a method behind it",
    "s = super()": "a method behind it",
    "s = staticmethod": "above a method",
    "print(1, file=x)": "on the page alone",
    "x.__init__()": "called on super()",
    "y = '%*d' % (1, 2)": "behind % stands a plain format",
    "y = b'a'": "without the b",
    "y = '\\ud800'": "half a character",
    "y = 99999999999999999999": "at most 64 bits",
    "x: f() = 1": "names of types",
    "for x.y in z:\n    pass": "gives its values to names",
    "with open('a') as f:\n    pass": "behind with stands",
    "with torch.no_grad() as n:\n    pass": "nothing to name",
    "try:\n    x\nexcept:\n    pass": "names what it catches",
    "try:\n    x\nexcept BaseException:\n    pass": "common errors",
    "try:\n    x\nfinally:\n    y": "behind the try",
    "def f():\n    with torch.no_grad():\n        yield 1": "in no with and no try",
    "def f():\n    global input\n    input = 1": "a word of Python's own",
    "del [x]": "del takes names",
    "@f\ndef g():\n    pass": "@torch.no_grad()",
    "@torch.no_grad()\ndef g():\n    yield 1": "nothing above it",
    "class A:\n    def __del__(self):\n        pass": "no method that a class can define",
    "def __len__(self):\n    pass": "it stands in a class",
    "class A(int):\n    pass": "derives from nn.Module",
    "class A(x=1):\n    pass": "no settings in its brackets",
    "@f\nclass A:\n    pass": "nothing stands above a class",
    "class A:\n    print(1)": "in a class stand functions",
    "async def f():\n    pass": "async def is not in this language",
    "def f():\n    yield from x": "a loop that yields each",
    "match x:\n    case 1:\n        pass": "if and elif say the same",
    "y = [x async for x in z]": "not Python",
    "async def f():\n    return [x async for x in z]": "async def",
    "y = (": "was never closed",
    "return 1": "outside function",
    "x = 1\x01": "cannot be used here",
}
"""A text, and a part of the reason for its first refusal."""


@pytest.mark.parametrize("text", SAID)
def test_a_refusal_says_what_is_the_matter(text):
    found = refused(text)
    assert SAID[text] in found[0].reason


def test_what_several_parts_of_pytorch_spell_alike_is_what_python_says():
    assert check("y = x.sum(axis=1, keepdims=True)\nz = torch.max(x, axis=0)")
    assert check("y = x ^ (x > 2)\nz = math.sqrt(x);")


PASTED = {
    "\ufeffx = 1": ("x = 1", "cannot be seen"),
    "x\u200b = 1": ("x = 1", "cannot be seen"),
    "x = 1  # \u202eabc": ("x = 1  # abc", "cannot be seen"),
    "y = x\u00a0* 2": ("y = x * 2", "Other spaces"),
    "print(“it’s”)": ('print("it\'s")', "Typographic quotes"),
    "if x:\n\ty = 1\n\tif y:\n\t\tz = 2": (
        "if x:\n    y = 1\n    if y:\n        z = 2",
        "four for each step",
    ),
    ">>> for i in a:\n...     i\n...\n1\n>>> x": ("for i in a:\n    i\n\nx", "The prompts >>>"),
    "In [1]: x = 1\n   ...: y = 2\n\nOut[1]: 3\n4\n\nIn [2]: x": (
        "x = 1\ny = 2\n\n\nx",
        "notebook's In [ ]",
    ),
    "Try this:\n```python\nx = 1\n```\nGood luck": ("x = 1", "The fences"),
    "x = 1```": ("x = 1", "The fences"),
    "    x = 1\n    y = 2": ("x = 1\ny = 2", "indentation that all lines shared"),
}
"""A text as it was pasted, the text that is left, and a part of what is said."""


@pytest.mark.parametrize("text", PASTED)
def test_marks_of_pasting_are_taken_out_and_told(text):
    wanted, fragment = PASTED[text]
    code = check(text)
    assert code.text == f"{wanted}\n"
    (said,) = code.cleaned
    assert fragment in said


def test_what_stands_in_quotes_is_left_alone():
    text = 'a = "“quoted”\u00a0\u200d\t"\nb = """\n>>> x\n\t1\n"""\nc = \'In [1]: x\'\n'
    assert check(text).text == text
    assert check(text).cleaned == ()
    fenced = 'def f():\n    """\n```\n>>> f()\n```\n    """\n'
    assert check(fenced).text == fenced


def test_several_marks_are_told_each_once():
    text, said = cleaned(">>> x\u00a0= “a”\n>>> y\u00a0= “b”\r\n")
    assert text == 'x = "a"\ny = "b"\n'
    assert len(said) == len(set(said)) == 3


def test_an_error_shows_the_text_that_its_places_are_in():
    found = refused(">>> import os\n>>> x = 1\n")
    assert [(r.line, r.column) for r in found] == [(1, 1)]
