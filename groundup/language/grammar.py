"""The grammar of the little language: walks a syntax tree and refuses what is not listed.

:mod:`groundup.language.program` is the door to it. Sizes and depths are bounded before anything
else is looked at, so that no text can exhaust the parser or this walk.
"""

from __future__ import annotations

import ast

from groundup.language import vocabulary
from groundup.language.arithmetic import ArithmeticLimitError, calculate, literal
from groundup.language.twins import MODULES, NO_ARGUMENTS, foreign, twin
from groundup.language.vocabulary import ALLOWED, FUNCTIONAL, KEYWORDS, METHODS, OPERATORS, RESERVED
from groundup.parsing import syntax_tree

MAX_CHARACTERS = 4_000
MAX_STATEMENTS = 200
MAX_NODES = 4_000
MAX_OPERATIONS = 500
MAX_DEPTH = 40
MAX_NAME = 24
MAX_INPUTS = 12

Number = int | float


class ProgramError(ValueError):
    """A text that is not in the language; ``line`` and ``column`` count from 1."""

    def __init__(self, line: int, column: int, reason: str) -> None:
        super().__init__(f"Line {line}, column {column}: {reason}")
        self.line, self.column, self.reason = line, column, reason


def parsed(text: str) -> ast.Module:
    """The syntax tree of ``text``, whose size and depth are bounded."""
    if len(text) > MAX_CHARACTERS:
        reason = f"the text has {len(text):,} characters; {MAX_CHARACTERS:,} are the most."
        raise ProgramError(1, 1, f"{reason} Write a shorter program.")
    _refuse_odd_characters(text)
    _refuse_deep_brackets(text)
    try:
        tree = syntax_tree(text)
    except SyntaxError as error:
        line = min(error.lineno or 1, text.count("\n") or 1)
        reason = f"this is not Python ({error.msg}). Write {ALLOWED}."
        raise ProgramError(line, max(error.offset or 1, 1), reason) from None
    except (RecursionError, MemoryError, ValueError):
        raise ProgramError(1, 1, f"this nests too deeply. {_SPLIT}") from None
    _refuse_large_tree(text, tree)
    return tree


_SPLIT = "Split it into several lines, each with a name of its own."


def _refuse_odd_characters(text: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        code = len(line.partition("#")[0])
        for column, character in enumerate(line, 1):
            if column <= code and (reason := foreign(character)):
                raise ProgramError(number, column, reason)
            # Some of these end a line for one part of Python and not for another.
            if not character.isprintable() or (character in ";\\" and column <= code):
                shown = "a tab" if character == "\t" else ascii(character)
                reason = f"{shown} cannot be used here. Write one assignment on each line."
                raise ProgramError(number, column, reason)


def _refuse_deep_brackets(text: str) -> None:
    """Bound the brackets' depth before the parser sees them."""
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        for column, character in enumerate(line.partition("#")[0], 1):
            depth += (character in "([{") - (character in ")]}")
            if depth > MAX_DEPTH:
                reason = f"brackets may nest {MAX_DEPTH} deep. {_SPLIT}"
                raise ProgramError(number, column, reason)


def _refuse_large_tree(text: str, tree: ast.Module) -> None:
    if len(tree.body) > MAX_STATEMENTS:
        extra = tree.body[MAX_STATEMENTS]
        raise error_at(text, extra, f"this is statement {MAX_STATEMENTS + 1}; stop before it.")
    operations = [n for n in ast.walk(tree) if isinstance(n, ast.BinOp | ast.UnaryOp | ast.Call)]
    if len(operations) > MAX_OPERATIONS:
        reason = f"there are {len(operations)} operations; {MAX_OPERATIONS} are the most."
        raise error_at(text, operations[-1], f"{reason} Write a shorter program.")
    level: list[ast.AST] = [tree]
    seen = depth = 0
    while level:
        seen, depth = seen + len(level), depth + 1
        # A chain such as a + b + c + … is as deep as it is long, and an operator counts two.
        if depth > 3 * MAX_DEPTH or seen > MAX_NODES:
            where = next((node for node in level if hasattr(node, "lineno")), tree.body[0])
            if depth <= 3 * MAX_DEPTH:
                raise error_at(text, where, "the text is too long. Write a shorter program.")
            raise error_at(text, where, f"this expression is too long. {_SPLIT}")
        level = [child for node in level for child in ast.iter_child_nodes(node)]


def error_at(text: str, node: ast.AST, reason: str) -> ProgramError:
    """The error whose place is that of ``node``: its column in characters, not in bytes."""
    line, offset = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
    before = text.split("\n")[line - 1].encode()[:offset]
    return ProgramError(line, len(before.decode(errors="replace")) + 1, reason)


class Checker:
    """Walks a tree, and refuses what is not listed.

    ``numbers`` holds the plain numbers among the names: their arithmetic is done here, within
    bounds, so that no line can keep Python busy with a huge one.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.inputs: list[str] = []
        self.assigned: list[str] = []
        self.numbers: dict[str, Number] = {}
        self.words: set[str] = set()
        self.makes_tensors = False
        self.last = ""
        self._line = 0

    def statement(self, node: ast.stmt) -> None:
        """Take one assignment into the program.

        Raises:
            ProgramError: at the line and column of the first thing that is not listed.
        """
        if node.lineno <= self._line:
            raise self._error(node, "write one assignment on each line.")
        self._line = node.end_lineno or node.lineno
        match node:
            case ast.Assign(targets=[ast.Name() as target], value=value):
                self._assign(target, self._expression(value))
            case ast.AugAssign(target=ast.Name() as target, op=op, value=right):
                before = self._name(ast.copy_location(ast.Name(target.id), target))
                self._assign(target, self._both(node, op, before, self._expression(right)))
            case ast.Assign() | ast.AugAssign():
                raise self._error(node, f"assign to a single name. Write {ALLOWED}.")
            case ast.Expr():
                raise self._error(node, "this line makes no name. Write `name = …` before it.")
            case _:
                raise self._error(node, _not_here(node))

    def _assign(self, target: ast.Name, number: Number | None) -> None:
        self._refuse_name(target, target.id)
        if number is None:
            self.numbers.pop(target.id, None)
            self.last = target.id
        else:
            self.numbers[target.id] = number
        if target.id not in self.assigned:
            self.assigned.append(target.id)

    def _expression(self, node: ast.expr) -> Number | None:
        """Check ``node``; return its value if it is a plain number, None if it is a tensor."""
        match node:
            case ast.Constant():
                return self._number(node)
            case ast.Name():
                return self._name(node)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=operand):
                value = self._expression(operand)
                return value if value is None or isinstance(sign, ast.UAdd) else -value
            case ast.BinOp(left=left, op=op, right=right):
                before = self._expression(left)
                return self._both(node, op, before, self._expression(right))
            case ast.Call():
                self._call(node)
                return None
            case ast.List() | ast.Tuple():
                raise self._error(
                    node, "a list or tuple stands in a call only: `torch.tensor([1.0])`."
                )
            case _:
                raise self._error(node, _not_here(node))

    def _number(self, node: ast.expr) -> Number:
        try:
            return literal(node)
        except ArithmeticLimitError as error:
            raise self._error(node, str(error)) from None

    def _both(
        self,
        node: ast.expr | ast.stmt,
        op: ast.operator,
        left: Number | None,
        right: Number | None,
    ) -> Number | None:
        if isinstance(op, ast.BitXor):
            raise self._error(node, "^ is no power in Python. A power is `**`, as in `x ** 2`.")
        if type(op) not in OPERATORS:
            raise self._error(node, f"this operator is not in this language. Write {ALLOWED}.")
        if left is None or right is None:
            return None
        try:
            return calculate(op, left, right)
        except ArithmeticLimitError as error:
            raise self._error(node, str(error)) from None

    def _name(self, node: ast.Name) -> Number | None:
        name = node.id
        if name in self.numbers:
            return self.numbers[name]
        if name not in self.assigned and name not in self.inputs:
            self._refuse_name(node, name)
            if len(self.inputs) == MAX_INPUTS:
                reason = f"{name} would be input {MAX_INPUTS + 1}; {MAX_INPUTS} are the most."
                raise self._error(node, f"{reason} Assign it a value before it is used.")
            self.inputs.append(name)
        return None

    def _refuse_name(self, node: ast.AST, name: str) -> None:
        if vocabulary.function(name):
            way = f"call it as `{name}(…)`, or choose another name"
            raise self._error(node, f"{name} is a function: {way}.")
        if name in RESERVED or name.startswith("_") or "__" in name:
            raise self._error(node, f"{name} cannot be a name here. Choose another, such as w1.")
        if len(name) > MAX_NAME:
            raise self._error(node, f"this name is longer than {MAX_NAME} characters. Shorten it.")

    def _call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Attribute):
            self._refuse_module(node, node.func)
        match node.func:
            case ast.Name(id=name) if vocabulary.function(name):
                self.words.add(name)
            case ast.Attribute(value=ast.Name(id="torch"), attr=name) if name in vocabulary.TORCH:
                pass
            case ast.Attribute(value=ast.Name(id="F"), attr=name) if name in FUNCTIONAL:
                self.words.add(f"F.{name}")
            case ast.Attribute(value=owner, attr=name) if name in METHODS and not _module(owner):
                if self._expression(owner) is not None:
                    raise self._error(node, f"a plain number has no {name}(). Use a tensor.")
            case _:
                raise self._error(node, _unknown_function(node.func))
        self._arguments(node, name)

    def _refuse_module(self, node: ast.Call, function: ast.Attribute) -> None:
        """Refuse another module's function, which would else be taken for a tensor's method."""
        root = function.value
        while isinstance(root, ast.Attribute):
            root = root.value
        if not isinstance(root, ast.Name):
            return
        known = root.id in {*self.assigned, *self.inputs, *self.numbers}
        if root.id in vocabulary.MODULES:
            foreign_to_it = root is not function.value
        elif root is function.value and function.attr in NO_ARGUMENTS and node.args:
            foreign_to_it = True
        else:
            foreign_to_it = root.id in MODULES
        if known or not foreign_to_it:
            return
        module, name = ast.unparse(function.value)[:MAX_NAME], function.attr[:MAX_NAME]
        called = f"{module}.{name} is not a function of this language."
        if wanted := twin(node, function.attr):
            raise self._error(node, f"{called} Write `{wanted}`.")
        raise self._error(node, f"{called} {_unknown_function(function)}")

    def _arguments(self, node: ast.Call, name: str) -> None:
        if name == "tensor":
            self.makes_tensors = True
            if len(node.args) != 1:
                raise self._error(node, "write torch.tensor with one list, or one number.")
            self._literals(node.args[0])
        else:
            for argument in node.args:
                listed = isinstance(argument, ast.List | ast.Tuple)
                self._literals(argument) if listed else self._expression(argument)
        for keyword in node.keywords:
            if keyword.arg not in KEYWORDS:
                known = ", ".join(sorted(KEYWORDS))
                raise self._error(keyword, f"no such setting here. There are: {known}.")
            if not (isinstance(keyword.value, ast.Constant) and type(keyword.value.value) is bool):
                self._literals(keyword.value)

    def _literals(self, node: ast.expr) -> None:
        """Allow a number, or lists of them; how many there can be, the text's length bounds."""
        if isinstance(node, ast.List | ast.Tuple):
            for element in node.elts:
                self._literals(element)
        else:
            self._number(node)

    def _error(self, node: ast.AST, reason: str) -> ProgramError:
        return error_at(self.text, node, reason)


def _module(owner: ast.expr) -> bool:
    return isinstance(owner, ast.Name) and owner.id in vocabulary.MODULES


def _not_here(node: ast.AST) -> str:
    return f"{_KINDS.get(type(node), 'this')} is not in this language. Write {ALLOWED}."


_KINDS: dict[type[ast.AST], str] = {
    ast.Attribute: "reading an attribute (a dot with no call)",
    ast.Subscript: "taking a part with [ ]",
    ast.Lambda: "lambda",
    ast.ListComp: "a comprehension",
    ast.SetComp: "a comprehension",
    ast.DictComp: "a comprehension",
    ast.GeneratorExp: "a comprehension",
    ast.JoinedStr: "a text in quotes",
    ast.NamedExpr: ":=",
    ast.IfExp: "if … else",
    ast.Compare: "a comparison",
    ast.BoolOp: "and / or",
    ast.UnaryOp: "not or ~",
    ast.Starred: "a star before a value",
    ast.Dict: "{ }",
    ast.Set: "{ }",
    ast.Await: "await",
    ast.Import: "import (torch is there already)",
    ast.ImportFrom: "import (torch is there already)",
    ast.For: "a loop",
    ast.While: "a loop",
    ast.FunctionDef: "def",
    ast.ClassDef: "class",
    ast.If: "if",
    ast.With: "with",
    ast.Delete: "del",
    ast.AnnAssign: "a type behind a name",
}


def _unknown_function(function: ast.expr) -> str:
    known = ", ".join(sorted({*vocabulary.TORCH, *FUNCTIONAL}))
    match function:
        case ast.Name(id=name):
            called = name
        case ast.Attribute(value=ast.Name(id=root), attr=name) if root in vocabulary.MODULES:
            called = f"{root}.{name}"
        case ast.Attribute(attr=name):
            called = f".{name}"
        case _:
            return f"only a function's name can be called. What can: {known}."
    return f"{called[:MAX_NAME]} cannot be called here. What can: {known}."
