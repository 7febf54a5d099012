"""The little language: what it accepts means what Python means; everything else is refused."""

from __future__ import annotations

import ast
import string

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.language import vocabulary
from groundup.language.evaluate import MAX_ELEMENTS
from groundup.language.program import Program, ProgramError, check

ACCEPTED = {
    "z = x * (a + b)": (["x", "a", "b"], ["z"]),
    "h = w * x\ny = sigmoid(h + b)": (["w", "x", "b"], ["h", "y"]),
    "y = x * x + x": (["x"], ["y"]),
    "y = torch.exp(x).sum()": (["x"], ["y"]),
    "y = (-x + 2.5e-3) ** 2 / -3": (["x"], ["y"]),
    "x += 1": (["x"], ["x"]),
    "n = 2 ** 3\ny = x ** n": (["x"], ["n", "y"]),
    "y = F.mse_loss(x, torch.tensor([[1, -2.0], [0, 3]]))": (["x"], ["y"]),
    "y = softmax(x, dim=-1)  # a comment; with \u201cquotes\u201d": (["x"], ["y"]),
    "y = x.reshape(2, 2) @ x.reshape([2, 2])": (["x"], ["y"]),
    "t = torch.tensor(3.0, requires_grad=True)\ny = t * t": ([], ["t", "y"]),
    "\n\n# nothing\ny = (\n    x\n    + 1\n)": (["x"], ["y"]),
    "größe = λ * 2": (["λ"], ["größe"]),
}


@pytest.mark.parametrize("text", ACCEPTED)
def test_inputs_and_names_are_found(text: str) -> None:
    program = check(text)
    assert (list(program.inputs), list(program.names)) == ACCEPTED[text]
    assert program.output == program.names[-1]


ESCAPES = """
import os
from os import system
__import__('os').system('id')
y = __import__('os')
y = ().__class__.__bases__[0].__subclasses__()
y = [].__class__
y = x.__class__
y = x.grad
y = x.grad_fn.next_functions
y = x.data
y = x.__reduce__()
y = x.__dict__
y = x.register_hook(f)
y = x.storage()
y = x.numpy()
y = x.tolist()
y = x.item()
y = x.apply_(f)
y = x.map_(x, f)
y = x.to(1)
y = x.backward()
y = torch.load('f')
y = torch.save(x, 'f')
y = torch.os.system('id')
y = torch.hub.load('a', 'b')
y = torch.jit.script(x)
y = torch.ops.load_library('f')
y = torch.from_file('f')
y = torch.zeros(9999999999)
y = torch.empty(9, 9)
y = torch.classes
y = torch
y = F
y = torch.exp
y = exp
y = exp(x)(x)
y = torch.exp.__call__(x)
y = torch.exp.__self__
y = F.exp.__globals__
y = F.torch.load(x)
y = F.os
y = eval('1')
y = exec('1')
y = compile('1', 'f', 'exec')
y = open('f')
y = getattr(x, 'grad')
y = globals()
y = locals()
y = vars()
y = print(x)
y = input()
y = breakpoint()
y = exit()
y = eval
y = __builtins__
y = __name__
y = _x
_y = x
y = x if x else x
y = lambda: x
y = (lambda: x)()
y = [x for x in x]
y = [x, x]
y = (x, x)
y = {x: x}
y = {x}
y = (x for x in x)
y = (z := x)
y = x[0]
y = x[0:1]
y[0] = x
x.grad = x
y, z = x, x
y = z = x
*y, = x
y: int = x
y: exec('1') = x
y = x < 1
y = x == x
y = not x
y = ~x
y = x and x
y = x % 2
y = x // 2
y = x << 3
y = x | x
y = x & x
y = x ^ x
y = 'text'
y = b'text'
y = f'{x}'
y = f'{__import__("os")}'
y = 'a' 'b' * 9
y = '%s' % x
y = exp('x')
y = exp(*x)
y = exp(**x)
y = sum([x])
y = sum(x, dim='a')
y = sum(x, dim=x)
y = sum(x, out=x)
y = sum(x, dtype=x)
y = exp(x, out=x)
y = torch.tensor(x)
y = torch.tensor([x])
y = torch.tensor([exp])
y = torch.tensor()
y = torch.tensor([1], device='cuda')
y = torch.tensor('a')
y = True
y = None
y = ...
y = x + True
y = 3j * x
y = 1e999 * x
y = 9**9**9 * x
y = 10**10**10 * x
y = 99999999999999999999 * x
y = 2 ** 0.5 ** -9999 * x
y = (0 - 8) ** 0.5 * x
y = 1 / 0 * x
y = 1 / (1 - 1) + x
y = 0 ** -1 * x
y = 3 @ 4 * x
y = (5).bit_length() * x
y = 5 .exp() * x
exp = x
torch = x
F = x
print = x
sum = x
__y__ = x
a__b = x
x
exp(x)
x.sum()
'docstring'
y = x; z = x
if x: y = x
for i in x: y = x
while True: y = x
with x: y = x
def f(): pass
class A: pass
async def f(): pass
del x
assert x
raise x
return x
yield x
y = yield x
y = await x
global x
pass
try: y = x
match x:
@x
y = x \\
y = x,
y = `x`
y = $x
y = 1
n = 3
# only a comment
""".strip().split("\n")


@pytest.mark.parametrize("text", [*ESCAPES, "", "   \n\n"])
def test_everything_else_is_refused_with_a_place_and_a_sentence(text: str) -> None:
    with pytest.raises(ProgramError) as caught:
        check(text)
    error = caught.value
    assert str(error) == f"Line {error.line}, column {error.column}: {error.reason}"
    assert error.line == 1
    assert 1 <= error.column <= len(text) + 2
    assert error.reason.endswith((".", "`"))
    assert len(error.reason) > 20


@pytest.mark.parametrize("text", ESCAPES)
def test_a_refused_line_is_refused_beneath_good_ones_too(text: str) -> None:
    if text not in {"y = 1", "n = 3", "# only a comment"}:
        with pytest.raises(ProgramError) as caught:
            check(f"a = b * 2\n\n{text}\n")
        assert caught.value.line >= 3


HUGE = {
    "10 kB of text": "y = x\n" * 1_700,
    "a long line": "y = x" + " + x" * 900,
    "200 brackets": f"y = {'(' * 200}x{')' * 200}",
    "brackets after a quoted #": 'y = "#" + ' + "(" * 3_000,
    "3900 minus signs": f"y = {'-' * 3_900}x",
    "a tower of powers": "y = " + "x**" * 900 + "x",
    "a long chain of calls": "y = x" + ".exp()" * 600,
    "nested calls": "y = " + "exp(" * 800 + "x" + ")" * 800,
    "nested lists": "y = torch.tensor(" + "[" * 900 + "1" + "]" * 900 + ")",
    "not not not": "y = " + "not " * 900 + "x",
    "lambdas": "y = " + "lambda: " * 400 + "x",
    "a long name": f"y = {'x' * 3_000}",
    "a long number": f"y = x * {'9' * 3_900}",
    "300 statements": "\n".join("y = x" for _ in range(300)),
    "40 inputs": "y = " + " + ".join(f"x{i}" for i in range(30)),
    "numbers that double": "n = 3\n" + "n *= n\n" * 150,
    "3000 operations": f"y = {'-' * 90}x\n" * 34,
    "a null byte": "y = x\0",
    "a form feed": "y = x\f\nz = y",
    "a carriage return": "y = x\rz = y",
    "a line separator": "y = x # \u2028import os",
    "a bidirectional mark": "y = x # \u202e",
    "a tab": "y =\tx",
}


@pytest.mark.parametrize("what", HUGE)
def test_too_much_is_refused(what: str) -> None:
    with pytest.raises(ProgramError):
        check(HUGE[what])


@given(st.text(max_size=60))
@settings(max_examples=500, deadline=None)
def test_any_text_is_a_program_or_refused(text: str) -> None:
    _program_or_refused(text)


_PIECES = st.sampled_from(
    [
        *"xyab()[]{}.,:=+-*/@%~^<>#'\"\\;_0123456789 \n",
        *["torch", "F", "exp", "sum", "__class__", "lambda ", "import os", "**", ":=", "+=", "1e9"],
        *["eval", "tensor", "if ", " for ", " in ", "y = ", "dim=", "grad", "f'{x}'", "None"],
        *["not ", "await ", "yield ", "reshape", "é", "𝐱", "ﬁ", "\t", "\r", "\f", "\0", "\u2028"],
    ]
)


@given(st.lists(_PIECES, max_size=30).map("".join))
@settings(max_examples=800, deadline=None)
def test_any_pile_of_tokens_is_a_program_or_refused(text: str) -> None:
    _program_or_refused(text)


@given(st.sampled_from(list(ACCEPTED)), st.integers(0, 60), st.integers(0, 6), _PIECES)
@settings(max_examples=800, deadline=None)
def test_a_damaged_program_is_a_program_or_refused(
    text: str, place: int, cut: int, piece: str
) -> None:
    _program_or_refused(text[:place] + piece + text[place + cut :])


_HARMLESS = (
    ast.Module,
    ast.Assign,
    ast.AugAssign,
    ast.Name,
    ast.Load,
    ast.Store,
    ast.Constant,
    ast.BinOp,
    ast.UnaryOp,
    ast.USub,
    ast.UAdd,
    ast.Call,
    ast.Attribute,
    ast.List,
    ast.Tuple,
    ast.keyword,
    *vocabulary.OPERATORS,
)


def _program_or_refused(text: str) -> None:
    """What passes is looked at again by other means: a flat list of its nodes."""
    try:
        program = check(text)
    except ProgramError:
        return
    called = [n.func for n in ast.walk(program.tree) if isinstance(n, ast.Call)]
    words = {*vocabulary.TORCH, *vocabulary.FUNCTIONAL, *vocabulary.METHODS}
    for node in ast.walk(program.tree):
        assert isinstance(node, _HARMLESS)
        if isinstance(node, ast.Constant):
            assert type(node.value) in (int, float, bool)
        if isinstance(node, ast.Attribute):
            assert node in called
            assert node.attr in words
        if isinstance(node, ast.Name):
            assert not node.id.startswith("_")
            in_call = node in called or node.id in ("torch", "F")
            assert in_call or node.id in (*program.inputs, *program.names)


def test_a_refusal_points_at_the_character() -> None:
    with pytest.raises(ProgramError) as caught:
        check("y = x\nwidthé = yé * x.grad\n")
    assert (caught.value.line, caught.value.column) == (2, 15)
    assert "attribute" in caught.value.reason


TOO_LARGE = [
    ("y = x.reshape(64, 1) * x.reshape(1, 64)\nz = y.reshape(4096, 1) + x", 2),
    ("y = x.reshape(64, 1) @ x.reshape(1, 64)\nz = y.reshape(4096, 1) @ y.reshape(1, 4096)", 2),
    ("y = (x.reshape(64, 1) * x).reshape(4096, 1) * (x.reshape(64, 1) * x).reshape(4096)", 1),
]


@pytest.mark.parametrize(("text", "line"), TOO_LARGE)
def test_a_tensor_over_the_bound_is_refused_before_it_is_made(text: str, line: int) -> None:
    with pytest.raises(ProgramError, match=f"{MAX_ELEMENTS:,}") as caught:
        check(text).shapes({"x": (64,)})
    assert caught.value.line == line


def test_an_input_over_the_bound_is_refused() -> None:
    with pytest.raises(ProgramError, match="input x"):
        check("y = x + 1").shapes({"x": (10**9, 10**9)})


@pytest.mark.parametrize(
    "text",
    [
        "z = x.reshape(3, 1) @ x.reshape(3, 1)",
        "z = x.reshape(5, 5)",
        "z = sum(x, dim=7)",
    ],
)
def test_shapes_that_do_not_fit_are_told_in_torchs_words(text: str) -> None:
    with pytest.raises((RuntimeError, IndexError)) as real:
        check(text).evaluate({"x": torch.zeros(3)})
    with pytest.raises(ProgramError) as caught:
        check(f"y = 1\n{text}").shapes({"x": (3,)})
    assert str(real.value).split("\n")[0] in caught.value.reason
    assert caught.value.line == 2


def test_several_results_at_once_are_refused() -> None:
    with pytest.raises(ProgramError, match="several results"):
        check("y = max(x, dim=0)").shapes({"x": (3,)})


# What passes means what Python means

_X = torch.tensor([[0.4, -0.7], [0.2, 0.9]])
_ARGUMENTS = {
    "clamp": "x, min=-0.5, max=0.5",
    "pow": "x, 2",
    "maximum": "x, a",
    "minimum": "x, a",
    "matmul": "x, a",
    "dot": "x.reshape(4), a.reshape(4)",
    "reshape": "x, (4, 1)",
    "transpose": "x, 0, 1",
    "softmax": "x, dim=0",
    "log_softmax": "x, dim=1",
    "logsumexp": "x, dim=1",
    "unsqueeze": "x, 0",
    "tensor": "[1.0, 2]",
    "linear": "x, a",
    "mse_loss": "x, a",
    "l1_loss": "x, a",
    "cross_entropy": "x, torch.tensor([0, 1]), label_smoothing=0.1",
    "binary_cross_entropy": "sigmoid(x), sigmoid(a)",
}


_WORDS = {*vocabulary.TORCH, *vocabulary.FUNCTIONAL, *vocabulary.METHODS}


def _texts(name: str) -> list[str]:
    arguments = _ARGUMENTS.get(name, "x")
    texts = [f"y = {name}({arguments}) + 0 * a.sum()"] if name != "t" else []
    if name in vocabulary.TORCH:
        texts.append(f"y = torch.{name}({arguments})\nz = y + x.sum()")
    if name in vocabulary.FUNCTIONAL:
        texts.append(f"y = F.{name}({arguments})")
    if name in vocabulary.METHODS and arguments.startswith("x"):
        owner, _, rest = arguments.partition(", ")
        texts.append(f"y = {owner}.{name}({rest})")
    return texts


def _by_python(program: Program, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
    """What Python itself makes of the text: only for texts written in this file."""
    namespace: dict[str, object] = dict(inputs)
    exec("\n".join(program.imports) + "\n" + program.text, namespace)
    value = namespace[program.output]
    assert isinstance(value, torch.Tensor)
    return value


@pytest.mark.parametrize(
    "name", sorted({*vocabulary.TORCH, *vocabulary.FUNCTIONAL, *vocabulary.METHODS})
)
def test_each_word_does_what_python_does_and_its_size_is_foretold(name: str) -> None:
    for text in _texts(name):
        program = check(text)
        inputs = {k: v for k, v in {"x": _X, "a": _X.t() * 2}.items() if k in program.inputs}
        expected = _by_python(program, inputs)
        value = program.evaluate(inputs)[program.output]
        torch.testing.assert_close(value, expected, rtol=0, atol=0, equal_nan=True)
        shapes = program.shapes({k: tuple(v.shape) for k, v in inputs.items()})
        assert shapes[program.output] == tuple(expected.shape)


def _expressions() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["x", "a", "2", "0.5", "3.0"])

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        sign = st.sampled_from(["+", "-", "*", "/"])
        return st.one_of(
            st.tuples(inner, sign, inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
            inner.map(lambda e: f"torch.tanh(x * {e})"),
            inner.map(lambda e: f"-{e}"),
            inner.map(lambda e: f"(a + {e}).exp()"),
            inner.map(lambda e: f"{e} ** 2"),
        )

    return st.recursive(leaves, larger, max_leaves=8)


@given(st.lists(_expressions(), min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_generated_programs_mean_what_python_means(lines: list[str]) -> None:
    signs = ["=", "+=", "-=", "*="]
    text = "y = x\n" + "\n".join(f"y {signs[i % 4]} {e} + x" for i, e in enumerate(lines))
    try:
        program = check(text)
    except ProgramError as error:
        # The one thing that this grammar makes and the language refuses.
        assert "divides by zero" in error.reason or "too large" in error.reason  # noqa: PT017
        return
    inputs = {n: torch.tensor([0.3, -1.2]) * (1 + i) for i, n in enumerate(program.inputs)}
    copies = {n: v.clone() for n, v in inputs.items()}
    value = program.evaluate(inputs)[program.output]
    torch.testing.assert_close(value, _by_python(program, copies), rtol=0, atol=0, equal_nan=True)


@given(st.text(string.ascii_letters + "_", min_size=1, max_size=8))
@settings(max_examples=300, deadline=None)
def test_only_listed_functions_can_be_called(name: str) -> None:
    for text in (f"y = {name}(x)", f"y = torch.{name}(x)", f"y = x.{name}()"):
        if name not in _WORDS:
            with pytest.raises(ProgramError):
                check(text)


def test_a_missing_input_is_named() -> None:
    with pytest.raises(ValueError, match="a value for b"):
        check("y = a * b").evaluate({"a": torch.ones(2)})
