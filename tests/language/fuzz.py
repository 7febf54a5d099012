"""Programs at random over the grammar: each ends by itself, small, and prints all that it made.

``python -m tests.language.fuzz 100000`` compares so many with plain Python, and says where one
differs.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

NUMBERS = ("0", "1", "2", "3", "7", "-1", "0.5", "1.5", "10", "2.0")
LISTS = ("[1, 2]", "[0.5]", "[]", "[3, 1, 2]", "list(range(4))", "[1] * 3")
STRINGS = ("'a'", "'ab c'", "''", "'%d'")
TENSORS = (
    *("torch.ones(2)", "torch.arange(3.0)", "torch.eye(2)", "torch.tensor(2.0)"),
    *("torch.zeros(2, 3)", "torch.arange(6).reshape(2, 3)", "torch.ones(3, requires_grad=True)"),
    *("torch.full((1,), 3)", "torch.linspace(0, 1, 3)", "torch.randn(2, 2)"),
)
BINARY = ("+", "-", "*", "/", "//", "%", "@", "**", "&", "|", "^", "<<", ">>")
COMPARED = ("<", "<=", "==", "!=", ">", ">=", "in", "not in", "is")
METHODS = (
    *("sum()", "mean()", "abs()", "T", "shape", "reshape(-1)", "tolist()", "unsqueeze(0)", "exp()"),
    *("append(1)", "upper()", "split()", "join(['x', 'y'])", "index(1)", "count(1)", "copy()"),
    *("max()", "item()", "numel()", "dim()", "flatten()", "cumsum(0)", "sort()", "unbind()"),
    *("replace('a', 'bb')", "ljust(5)", "extend([1, 2])", "repeat(2)", "softmax(0)", "nonzero()"),
    *("expand(2, -1)", "unique()", "std()", "clone()", "detach()", "backward()", "real", "pop()"),
)
CALLS = (
    *("len", "str", "repr", "abs", "sum", "list", "tuple", "sorted", "max", "min", "float", "int"),
    *("bool", "round", "torch.exp", "torch.sum", "torch.relu", "torch.stack", "torch.tensor"),
    *("torch.softmax", "F.mse_loss", "type", "any", "all", "reversed", "set", "f", "g", "Net()"),
    *("torch.sort", "torch.diag", "torch.outer", "torch.cat", "nn.Linear(2, 2)", "dict"),
)
HEAD = """import torch
import torch.nn as nn
import torch.nn.functional as F
torch.manual_seed(0)
def f(x, y=2):
    return x * y
g = lambda x: [x, x]
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.ones(2))
        self.calls = 0
    def forward(self, x):
        self.calls += 1
        return (self.w * x).sum()
net = Net()
"""
NAMES = ("a", "b", "c")


class _Writer:
    def __init__(self, seed: int) -> None:
        self.choose = random.Random(seed)

    def expression(self, depth: int) -> str:
        one = self.choose
        if depth <= 0 or one.random() < 0.2:
            return one.choice([*NAMES, *NAMES, *one.choice((NUMBERS, LISTS, STRINGS, TENSORS))])
        made = one.choice(
            (self.binary, self.binary, self.call, self.method, self.item, self.other, self.compared)
        )
        return made(depth - 1)

    def binary(self, depth: int) -> str:
        operator = self.choose.choice(BINARY)
        return f"({self.expression(depth)} {operator} {self.expression(depth)})"

    def compared(self, depth: int) -> str:
        operator = self.choose.choice(COMPARED)
        return f"({self.expression(depth)} {operator} {self.expression(depth)})"

    def call(self, depth: int) -> str:
        star = self.choose.choice(("", "", "", "*"))
        return f"{self.choose.choice(CALLS)}({star}{self.expression(depth)})"

    def method(self, depth: int) -> str:
        return f"({self.expression(depth)}).{self.choose.choice(METHODS)}"

    def item(self, depth: int) -> str:
        index = self.choose.choice(("0", "-1", "1:", "::2", "None", "0, 1", ":, 0", "[0]"))
        return f"({self.expression(depth)})[{index}]"

    def other(self, depth: int) -> str:
        inner, second = self.expression(depth), self.expression(depth)
        return self.choose.choice(
            (
                f"[x for x in {inner}]",
                f"[{inner}, {second}]",
                f"({inner}, {second})",
                f"f'{{{inner}}}'" if "'" not in inner else f"str({inner})",
                f"sum(x for x in {inner})",
                f"({inner} if {second} else 0)",
                f"{{'k': {inner}}}",
                f"[*{inner}, 1]",
                f"(not {inner})",
                f"net({inner})",
                f"{{x: 1 for x in {inner}}}",
            )
        )

    def statement(self) -> list[str]:
        one = self.choose
        name, value = one.choice(NAMES), self.expression(2)
        kinds = (
            *([f"{name} = {value}"] for _ in range(3)),
            [f"{name} {one.choice(BINARY)}= {value}"],
            [f"{name}[0] {one.choice(('', '+', '*'))}= {value}"],
            [f"{name}, *{one.choice(NAMES)} = {value}"],
            [f"net.w.data {one.choice('+-*')}= {value}"],
            [f"net.calls += {value}"],
            [f"for i in range(3): {name} = {value}"],
            [f"for i in {value}:", f"    {name} = i"],
            [f"if {self.expression(1)}: {name} = {value}", f"else: print({name})"],
            [f"with torch.no_grad(): {name} = {value}"],
            [f"try: {name} = {value}", "except Exception as e: print(type(e).__name__, e)"],
            [f"print({value})"],
            ["def h(x):", f"    a = {value}", "    return a", f"{name} = h(2)"],
        )
        return one.choice(kinds)

    def program(self) -> str:
        lines = [f"{name} = {self.choose.choice((*LISTS, *TENSORS, *NUMBERS))}" for name in NAMES]
        for _ in range(self.choose.randint(3, 8)):
            lines += self.statement()
        return HEAD + "\n".join([*lines, "print(a, b, c, net.calls, net.w)"]) + "\n"


def programs(first: int, count: int) -> Iterator[str]:
    """``count`` programs, the same for the same ``first``."""
    for seed in range(first, first + count):
        yield _Writer(seed).program()


if __name__ == "__main__":
    from tests.language.compared import compare

    compare(programs(0, int(sys.argv[1])))
