"""Changes of a failing line that often help: each is tried before it is offered."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from groundup.engine.failures import Failure
from groundup.parsing import expression_tree, syntax_tree
from groundup.your_code.failing import FailingPart


@dataclass(frozen=True)
class Failing:
    """A text, what it raised, and the part of it that did."""

    text: str
    failure: Failure
    part: FailingPart

    def says(self, *words: str) -> bool:
        """Whether the failure's own words hold one of ``words``."""
        return any(one in self.failure.message for one in words)

    @property
    def piece(self) -> str:
        """The part that raised, as it is written; of one over several lines, the first one's."""
        line = self.text.split("\n")[self.part.line - 1]
        return line[self.part.column - 1 : self.part.end_column - 1]

    def written(self, *new: str) -> Iterator[str]:
        """The text with each of ``new`` in place of the part that raised."""
        lines, part = self.text.split("\n"), self.part
        line = lines[part.line - 1]
        for one in new:
            changed = line[: part.column - 1] + one + line[part.end_column - 1 :]
            yield "\n".join([*lines[: part.line - 1], changed, *lines[part.line :]])


def changes(failing: Failing) -> Iterator[str]:
    """Texts in which the failing line is changed, the likeliest first."""
    for one in _CHANGES:
        yield from one(failing)


def _layer_size(failing: Failing) -> Iterator[str]:
    """The rows that a layer is given made as wide as it wants, or the layer as wide as they are."""
    part = failing.part
    if part.clash is None or part.clash.right.written != f"{part.operator}.weight.T":
        return
    given, call = part.operands[0], _call(failing.piece)
    wide = (part.clash.right.sizes or ())[0]
    sizes = given.sizes or ()
    if call and len(sizes) > 2 and _product(sizes[1:]) == wide:
        yield from failing.written(_with_first(call, f"{given.written}.flatten(1)"))
    yield from _wider(failing, str(sizes[-1]))


def _wider(failing: Failing, width: str) -> Iterator[str]:
    """The line that makes the layer, with another first size."""
    for node in ast.walk(syntax_tree(failing.text)):
        match node:
            case ast.Assign(
                targets=[target],
                value=ast.Call(args=[ast.Constant() as first, *_]),
            ) if ast.unparse(target) == failing.part.operator:
                yield _replaced(failing.text, first, width)


def _product_turned(failing: Failing) -> Iterator[str]:
    """One of the two turned over, where ``@`` does not fit."""
    part = failing.part
    if part.operator == "@" and len(part.operands) >= 2:
        left, right = (_closed(one.written) for one in part.operands[:2])
        yield from failing.written(f"{left} @ {right}.T", f"{left}.T @ {right}")


def _column(failing: Failing) -> Iterator[str]:
    """One of the two made a column, where they do not fit side by side."""
    part = failing.part
    if part.clash and len(part.operator) <= 2 and len(part.operands) >= 2 and part.operator != "@":
        left, right = (_closed(one.written) for one in part.operands[:2])
        sign = part.operator
        yield from failing.written(
            f"{left} {sign} {right}.unsqueeze(1)", f"{left}.unsqueeze(1) {sign} {right}"
        )


def _unwatched(failing: Failing) -> Iterator[str]:
    """The updates put under ``no_grad()``."""
    if not failing.says("a leaf Variable that requires grad is being used in an in-place"):
        return
    lines, first = failing.text.split("\n"), failing.part.line - 1
    pad = lines[first][: len(lines[first]) - len(lines[first].lstrip())]
    last = first
    while last < len(lines) and _updates(lines[last], pad):
        last += 1
    inside = [f"    {line}" for line in lines[first : max(last, first + 1)]]
    with_it = [*lines[:first], f"{pad}with torch.no_grad():", *inside]
    yield "\n".join([*with_it, *lines[max(last, first + 1) :]])


def _updates(line: str, pad: str) -> bool:
    written = line.removeprefix(pad)
    return line.startswith(pad) and written[:1] not in {"", " "} and "= " in written


def _decimals(failing: Failing) -> Iterator[str]:
    """Whole numbers made decimals, where a slope is asked of them."""
    call = _call(failing.piece)
    if call and failing.says("can require gradients"):
        yield from failing.written(_with_more(call, "dtype=torch.float32"))


def _one_type(failing: Failing) -> Iterator[str]:
    """The first operand as float32, or the target as whole numbers."""
    part, call = failing.part, _call(failing.piece)
    words = ("same dtype", "expected scalar type", "expected target dtype", "Found dtype")
    if not part.operands or not failing.says(*words):
        return
    if call and "Long" in failing.failure.message.partition("expected")[2][:30]:
        yield from failing.written(_with_last(call, ".long()"))
    if call and call.args:
        yield from failing.written(
            _with_first(call, f"{_closed(ast.unparse(call.args[0]))}.float()"),
            _with_last(call, ".float()"),
        )
    elif len(part.operands) >= 2:
        left, right = (_closed(one.written) for one in part.operands[:2])
        yield from failing.written(
            f"{left}.float() {part.operator} {right}", f"{left} {part.operator} {right}.float()"
        )


def _one_number(failing: Failing) -> Iterator[str]:
    """A mean to begin at, where ``backward()`` begins at more than one number."""
    if failing.says("grad can be implicitly created only for scalar outputs"):
        start = failing.piece.removesuffix(".backward()")
        if start != failing.piece:
            yield from failing.written(f"{_closed(start)}.mean().backward()")


def _same_shape(failing: Failing) -> Iterator[str]:
    """The target in the shape of the guess, which a loss asks for."""
    call = _call(failing.piece)
    if call and len(call.args) == 2 and failing.says("Using a target size"):
        guess = _closed(ast.unparse(call.args[0]))
        yield from failing.written(_with_last(call, f".reshape({guess}.shape)"))


def _by_name(failing: Failing) -> Iterator[str]:
    """Another method, or one call more."""
    if failing.says("view size is not compatible"):
        yield from failing.written(failing.piece.replace(".view(", ".reshape(", 1))
    if failing.says("Can't call numpy()"):
        yield from failing.written(failing.piece.replace(".numpy()", ".detach().numpy()"))


def _in_a_list(failing: Failing) -> Iterator[str]:
    """Tensors that are to be put together, in the list that torch wants."""
    call = _call(failing.piece)
    if call and failing.part.operator in {"torch.cat", "torch.stack"} and len(call.args) > 1:
        listed = ast.List([one for one in call.args if not isinstance(one, ast.Constant)])
        rest = [one for one in call.args if isinstance(one, ast.Constant)]
        yield from failing.written(ast.unparse(ast.Call(call.func, [listed, *rest], call.keywords)))


_CHANGES: tuple[Callable[[Failing], Iterator[str]], ...] = (
    *(_layer_size, _product_turned, _column, _unwatched, _decimals, _one_type, _one_number),
    *(_same_shape, _by_name, _in_a_list),
)


def _product(sizes: tuple[int, ...]) -> int:
    total = 1
    for size in sizes:
        total *= size
    return total


def _call(written: str) -> ast.Call | None:
    try:
        found = expression_tree(written)
    except SyntaxError:  # it goes on in the next line
        return None
    return found if isinstance(found, ast.Call) else None


def _closed(written: str) -> str:
    """In brackets, where something that follows would take only its last part."""
    try:
        tree = expression_tree(written)
    except SyntaxError:
        return written
    whole = isinstance(tree, ast.Name | ast.Attribute | ast.Call | ast.Subscript)
    return written if whole or written[:1] == "(" else f"({written})"


def _with_first(call: ast.Call, first: str) -> str:
    return ast.unparse(ast.Call(call.func, [expression_tree(first), *call.args[1:]], call.keywords))


def _with_last(call: ast.Call, more: str) -> str:
    last = expression_tree(_closed(ast.unparse(call.args[-1])) + more)
    return ast.unparse(ast.Call(call.func, [*call.args[:-1], last], call.keywords))


def _with_more(call: ast.Call, named: str) -> str:
    more = expression_tree(f"f({named})")
    keywords = more.keywords if isinstance(more, ast.Call) else []
    return ast.unparse(ast.Call(call.func, call.args, [*call.keywords, *keywords]))


def _replaced(text: str, node: ast.expr, new: str) -> str:
    lines = text.split("\n")
    line = lines[node.lineno - 1].encode()
    changed = line[: node.col_offset] + new.encode() + line[node.end_col_offset or 0 :]
    lines[node.lineno - 1] = changed.decode()
    return "\n".join(lines)
