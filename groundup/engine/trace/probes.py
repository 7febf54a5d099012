"""Put a probe around every part of one statement: what it was worth, in the order of evaluation."""

from __future__ import annotations

import ast
from typing import Any

from groundup.engine.trace.instrumented import Inserter, Statements, call

_WHOLE = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)
"""What has a scope of its own, and may be evaluated any number of times, is not entered."""
_BARE = (ast.Constant, ast.Lambda, ast.Starred, ast.Slice, ast.FormattedValue, ast.Yield)
"""What is not probed itself."""
_BODIES = {"body", "orelse", "finalbody", "handlers", "cases", "decorator_list", "args", "returns"}


class Probes(Inserter):
    """Records as an :class:`Inserter` does, and probes the parts of the statement at ``place``.

    ``parts`` are the expressions probed; a probe hands over its index there, and its value.
    ``callees`` are what is called there, as it is written, where that is a name with or without
    dots.
    """

    def __init__(self, place: tuple[type, int, int]) -> None:
        super().__init__()
        self.parts: list[ast.expr] = []
        self.callees: list[str] = []
        self.statement: ast.stmt | None = None
        self._place = place

    def _statement(self, node: ast.stmt, loops: tuple[int, ...]) -> Statements:
        if (type(node), node.lineno, node.col_offset) != self._place or self.statement is not None:
            return super()._statement(node, loops)
        self.statement = node
        before: Statements = []
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            read = ast.copy_location(ast.Name(node.target.id, ast.Load()), node.target)
            before = [ast.copy_location(ast.Expr(self._probed(read)), node)]
        return [*before, *super()._statement(self._parts_probed(node), loops)]

    def _parts_probed(self, node: Any) -> Any:
        """A copy of ``node`` with probes around its expressions, its blocks left as they are."""
        fields = {}
        for name, value in ast.iter_fields(node):
            inside = isinstance(node, ast.stmt) and name in _BODIES
            fields[name] = value if inside else self._field(value)
        made = type(node)(**fields)
        return ast.copy_location(made, node) if hasattr(node, "lineno") else made

    def _field(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._field(one) for one in value]
        if isinstance(value, ast.expr):
            return self._expression(value)
        if isinstance(value, ast.keyword | ast.withitem):
            return self._parts_probed(value)
        return value

    def _expression(self, node: ast.expr) -> ast.expr:
        made = node if isinstance(node, _WHOLE) else self._inner(node)
        if isinstance(node, _BARE) or not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            return made
        return self._probed(made)

    def _inner(self, node: ast.expr) -> ast.expr:
        if isinstance(node, ast.Call):
            # Of what is called, the object that it is a method of is worth showing.
            function = node.func
            if isinstance(function, ast.Attribute | ast.Name):
                self.callees.append(ast.unparse(function))
            if isinstance(function, ast.Attribute):
                function = self._parts_probed(function)
            elif not isinstance(function, ast.Name):
                function = self._expression(function)
            rest = (self._field(node.args), self._field(node.keywords))
            return ast.copy_location(ast.Call(function, *rest), node)
        if isinstance(node, ast.NamedExpr):
            made = ast.NamedExpr(node.target, self._expression(node.value))
            return ast.copy_location(made, node)
        if isinstance(node, ast.FormattedValue):
            shown = ast.FormattedValue(
                self._expression(node.value), node.conversion, node.format_spec
            )
            return ast.copy_location(shown, node)
        made = self._parts_probed(node)
        return made if isinstance(made, ast.expr) else node

    def _probed(self, node: ast.expr) -> ast.expr:
        self.parts.append(node)
        made: ast.Call = call("probe", node, len(self.parts) - 1).value
        made.args.append(node)
        return ast.copy_location(made, node)
