"""A typed program in the whole language of *Your code*: its inputs, and the script made of it.

A name that is read and never assigned is an input, unless it is one of torch's words. Where the
program does not call ``backward()`` itself, the script calls it on the last tensor that was named.
"""

from __future__ import annotations

import ast
import builtins
import keyword
import re
import symtable
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from groundup.engine.trace import Trace, TraceLimits
from groundup.graph.graph_watch import MAX_ITEMS, MAX_NODES, GraphWatch
from groundup.graph.script import Input, Script
from groundup.language import vocabulary
from groundup.language.bounded import trace_own
from groundup.language.grammar import MAX_INPUTS, MAX_NAME, ProgramError, parsed
from groundup.language.own_code import OwnCode, RefusedCodeError, check
from groundup.language.twins import MODULES, plain_spaces

FILE = "<lesson>"
LIMITS = TraceLimits(moments=2_000, bytes=400_000, seconds=2.0, characters=20_000)
"""A page runs a program again at each move of a slider, and whoever opens its link runs it too."""

NOTHING = "no tensor is computed here. Write a line such as `y = x ** 2`."

_IMPORTS = {
    "nn": "from torch import nn",
    "F": "import torch.nn.functional as F",
    "optim": "from torch import optim",
    "math": "import math",
}


@dataclass(frozen=True)
class OwnProgram:
    """A text that can be run once its ``inputs`` have values.

    ``imports`` are the lines that it needs before it, and has not itself.
    """

    text: str
    inputs: tuple[str, ...]
    imports: tuple[str, ...]

    @property
    def calls_backward(self) -> bool:
        """Whether the text calls ``backward()`` itself, or asks autograd for gradients."""
        wanted = ("backward", "grad")
        return any(
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in wanted
            for node in ast.walk(parsed(self.text))
        )


def read(text: str) -> OwnProgram:
    """Read ``text``; whether all of it is in the language is seen once it is run.

    Raises:
        ProgramError: if it is no Python, too long, or has too many inputs.
    """
    text = plain_spaces(text.replace("\r\n", "\n")).rstrip() + "\n"
    tree = parsed(text)
    if not tree.body:
        raise ProgramError(1, 1, "there is nothing here yet. Write a line such as `z = x * y`.")
    free = dict.fromkeys(_in_order(tree, _free(symtable.symtable(text, FILE, "exec"))))
    known = [name for name in free if name in _IMPORTS or name == "torch"]
    called = set(_called(tree))
    words = [n for n in free if n in called and vocabulary.function(n) and n not in known]
    inputs = [name for name in free if name not in {*known, *words, *MODULES}]
    _refuse_inputs(tree, inputs, called)
    lines = [*vocabulary.imports(words), *(_IMPORTS[name] for name in known if name in _IMPORTS)]
    return OwnProgram(text, tuple(inputs), tuple(lines))


def _called(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)):
                yield name


def _free(table: symtable.SymbolTable) -> set[str]:
    """The names that are read anywhere in the text, and bound nowhere that is seen from there."""
    top = {s.get_name(): s for s in table.get_symbols()}
    read_names = {name for name, symbol in top.items() if symbol.is_referenced()}
    for inner in _inner(table):
        read_names |= {s.get_name() for s in inner.get_symbols() if s.is_global()}
    bound = {n for n, s in top.items() if s.is_assigned() or s.is_imported() or s.is_namespace()}
    return read_names - bound - set(dir(builtins))


def _inner(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _inner(child)


def _in_order(tree: ast.Module, names: set[str]) -> Iterator[str]:
    """``names`` in the order in which the text reads them."""
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id in names]
    return (node.id for node in sorted(found, key=lambda n: (n.lineno, n.col_offset)))


def _refuse_inputs(tree: ast.Module, inputs: list[str], called: set[str]) -> None:
    for place, name in enumerate(inputs, 1):
        node = next(n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == name)
        column = node.col_offset + 1
        if place > MAX_INPUTS:
            reason = f"{name} would be input {place}; {MAX_INPUTS} are the most."
            raise ProgramError(node.lineno, column, f"{reason} Give it a value before it is used.")
        if name in called:
            reason = f"{name[:MAX_NAME]} is no function that is known here."
            way = "Write `def` for it before this line, or call one of torch's: `torch.exp(x)`."
            raise ProgramError(node.lineno, column, f"{reason} {way}")
        if name.startswith("_") or keyword.iskeyword(name):
            raise ProgramError(node.lineno, column, f"{name[:MAX_NAME]} cannot be a name here.")
        if len(name) > MAX_NAME:
            reason = f"this name is longer than {MAX_NAME} characters. Shorten it."
            raise ProgramError(node.lineno, column, reason)


def write(program: OwnProgram, inputs: Mapping[str, Input]) -> Script:
    """Write the script of ``program`` with ``inputs``, of which none may be missing.

    Raises:
        ProgramError: at the first place that is not in the language, or where a limit was reached.
        ValueError: if an input is missing or not allowed, naming it.
    """
    made = script(program, inputs)
    return made if program.calls_backward else _with_backward(made)


def script(program: OwnProgram, inputs: Mapping[str, Input]) -> Script:
    """The program after the lines that it needs before it.

    Raises:
        ValueError: if an input is missing or not allowed, naming it.
    """
    head = [*program.imports, ""]
    if program.inputs:
        head += ["# Inputs", *(_line(name, inputs) for name in program.inputs), ""]
    body = program.text.rstrip("\n").split("\n")
    lines = range(len(head) + 1, len(head) + 1 + len(body))
    return Script("\n".join([*head, *body]) + "\n", "", {}, {}, lines, 0, 0, own=True)


def _line(name: str, inputs: Mapping[str, Input]) -> str:
    if name not in inputs:
        raise ValueError(f"{name} needs a value.")
    try:
        _ = inputs[name].tensor
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None
    return f"{name} = {inputs[name].written}"


def _with_backward(script: Script) -> Script:
    """``script`` with the call of backward() that it lacks; as it is, where nothing can call it."""
    watch = GraphWatch(script.text, FILE, script.lines, lambda _: None)
    try:
        ended = run(script, watch).end
        if ended.state != "finished":
            return script
        refuse_large(script, watch)
        root, count, printed = _root(watch)
    finally:
        watch.close()
    if not root:
        raise ProgramError(1, 1, NOTHING)
    text, lines = script.text, script.lines
    if count != 1:
        total = "total" if "total" not in script.text else "total_of_all"
        text += f"{total} = {root}.sum()  # backward() starts from one number\n"
        lines, root = range(lines.start, lines.stop + 1), total
    text += f"\n# Backward: gradients flow back to the leaves\n{root}.backward()\n"
    text += "".join(f'\nprint(f"{name}.grad: {{{name}.grad}}")' for name in printed)
    return Script(text.rstrip("\n") + "\n", "", {}, {}, lines, 0, 0, own=True)


def _root(watch: GraphWatch) -> tuple[str, int, list[str]]:
    """The name to call backward() on, how many numbers it holds, and the leaves to print."""
    named = watch.standing
    ends = [(n, m) for n, m in named if m.item.kind != "input" and m.tensor.is_floating_point()]
    learning = [(n, m) for n, m in ends if m.item.requires_grad] or ends
    leaves = [n for n, m in named if m.item.kind == "input" and m.item.requires_grad]
    if not learning:
        return "", 0, []
    name, made = next(((n, m) for n, m in learning if n == "loss"), learning[-1])
    return name, made.tensor.numel(), list(dict.fromkeys(leaves))


def checked(script: Script) -> OwnCode:
    """``script`` as the language takes it.

    Raises:
        ProgramError: at the first place that is not in the language.
    """
    try:
        return check(script.text)
    except RefusedCodeError as refused:
        first = refused.refusals[0]
        line = min(max(first.line - script.lines.start + 1, 1), len(script.lines))
        raise ProgramError(line, first.column, first.reason) from None


def run(script: Script, watch: AbstractContextManager[object]) -> Trace:
    """Run ``script`` within the bounds of the language, while ``watch`` looks on.

    Raises:
        ProgramError: at the first place that is not in the language, or where a limit was reached.
    """
    trace = trace_own(checked(script), limits=LIMITS, within=watch)
    if trace.end.state == "stopped":
        line, words = _place(trace)
        raise ProgramError(min(max(line - script.lines.start + 1, 1), len(script.lines)), 1, words)
    return trace


def _place(trace: Trace) -> tuple[int, str]:
    """The line at which a limit was reached, and the limit's words without it."""
    words = trace.end.words.partition(": ")[2].rstrip(".")
    last = trace.moments[-1].line if trace.moments else 1
    if found := re.fullmatch(r"line (\d+) (.*)", words, re.DOTALL):
        return int(found[1]), f"this {found[2]}."
    if found := re.fullmatch(r"(.*), at line (\d+)", words, re.DOTALL):
        return int(found[2]), f"the program was ended: {found[1]}."
    return last, f"the program was ended: {words}."


def refuse_large(script: Script, watch: GraphWatch) -> None:
    """Refuse what is more than any picture shows.

    Raises:
        ProgramError: if the first ``backward()`` has too much behind it.
    """
    if not watch.full and watch.nodes <= MAX_NODES:
        return
    line = max(watch.busiest() - script.lines.start + 1, 1)
    most = f"up to {MAX_ITEMS} tensors, and {MAX_NODES:,} nodes of autograd's"
    reason = f"too much is computed before the first backward(): {most}, can be looked at."
    raise ProgramError(line, 1, f"{reason} Let a loop have fewer passes.")
