"""An operation of the lab as it is written in Python."""

from __future__ import annotations

from groundup.engine.literals import show_shape
from groundup.shapes.question import ELEMENTWISE, Question


def expression(q: Question, a: str = "a", b: str = "b") -> str:
    """The whole operation on tensors called ``a`` and ``b``."""
    if q.op in {"@", *ELEMENTWISE}:
        return f"{a} {q.op} {b}"
    if q.op.startswith("nn."):
        return f"torch.{layer(q)}({a})"
    if q.op == "einsum":
        return f'torch.einsum("{q.spec}", {f"{a}, {b}" if "," in q.spec else a})'
    form = {
        "cat": "torch.{method}",
        "stack": "torch.{method}",
        "cross_entropy": "torch.nn.functional.cross_entropy({a}, {b})",
        "index": "{a}[{spec}]",
    }.get(q.op, "{a}.{method}")
    return form.format(a=a, b=b, spec=q.spec, method=method(q, a, b))


def method(q: Question, a: str = "a", b: str = "b") -> str:
    """An operation with its numbers, as it stands after a dot: ``flatten(1)``."""
    listed = ", ".join(str(n) for n in q.numbers)
    if q.op in {"cat", "stack"}:
        return f"{q.op}([{a}, {b}], dim={listed})"
    if q.op in {"sum", "mean"}:
        dims = listed if len(q.numbers) == 1 else show_shape(q.numbers) if listed else "None"
        keep = ", keepdim=True" if q.keepdim else ""
        return f"{q.op}(dim={dims}{keep})" if listed or keep else f"{q.op}()"
    if q.op in {"reshape", "view", "permute", "expand"}:
        return f"{q.op}({listed or '()'})"
    return f"{q.op}({listed})"


def layer(q: Question, device: bool = False) -> str:
    """A layer of ``torch.nn``: ``nn.Conv2d(6, 16, 5, stride=2)``; made on ``device`` if asked."""
    numbers = [str(n) for n in arguments(q)]
    window = dict(zip(("stride", "padding"), numbers[3:], strict=False))
    if q.op == "nn.MaxPool2d":
        window = dict(zip(("stride", "padding"), numbers[1:], strict=False))
    plain = {"nn.Conv2d": 3, "nn.MaxPool2d": 1}.get(q.op, 2)
    usual = {"stride": str(q.numbers[0]) if q.op == "nn.MaxPool2d" else "1", "padding": "0"}
    named = [f"{name}={n}" for name, n in window.items() if n != usual[name]]
    on = ["device=device"] if device and q.op != "nn.MaxPool2d" else []
    return f"{q.op}({', '.join([*numbers[:plain], *named, *on])})"


def arguments(q: Question) -> tuple[int, ...]:
    """The numbers of a layer as they are typed: without those at the end that are the usual."""
    numbers = list(q.numbers)
    usual = {"nn.Conv2d": [1, 0], "nn.MaxPool2d": [*q.numbers[:1], 0]}.get(q.op, [])
    while usual and numbers[-1] == usual[-1]:
        numbers.pop()
        usual.pop()
    return tuple(numbers)
