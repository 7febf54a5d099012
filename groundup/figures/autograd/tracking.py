"""Tensors as cards, joined from operand to result; tracking shows as solid, thick lines."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import graphviz

from groundup.autograd.tracking import NO_GRADIENT, ZERO, Tracked, TrackedMoment
from groundup.figures.theme import Palette

Rows = list[tuple[str, str, str]]
"""The fact's key, its label and its value, for each row of a card."""


def cards(
    moment: TrackedMoment,
    operands: Mapping[str, tuple[str, ...]],
    changed: Mapping[str, set[str]],
    colours: Palette,
) -> graphviz.Digraph:
    """One card for each tensor of ``moment``; the facts in ``changed`` are marked."""
    graph = graphviz.Digraph(
        graph_attr={"rankdir": "LR", "bgcolor": "transparent", "nodesep": "0.12", "ranksep": "0.3"},
        node_attr={"shape": "plain", "fontname": "sans-serif", "fontsize": "12"},
    )
    for name, tensor in moment.tensors.items():
        graph.node(name, _card(name, tensor, changed.get(name, set()), colours))
        for operand in operands.get(name, ()):
            tracked = bool(moment.tensors[operand].seen.requires_grad)
            graph.edge(operand, name, **_arrow(tracked, colours))
    return graph


def _arrow(tracked: bool, colours: Palette) -> dict[str, str]:
    if tracked:
        return {"color": colours.orange, "style": "solid", "penwidth": "3"}
    return {"color": colours.muted, "style": "dashed", "penwidth": "1.2"}


def in_words(moment: TrackedMoment) -> str:
    """The same picture for those who cannot see it."""
    return f"After line {moment.line}: " + "; ".join(
        f"{name} is {'tracked' if tensor.seen.requires_grad else 'not tracked'}, "
        f"{'a leaf' if tensor.seen.is_leaf else 'a result'}, grad {_gradient(tensor)}"
        for name, tensor in moment.tensors.items()
    )


def _card(name: str, tensor: Tracked, changed: set[str], colours: Palette) -> str:
    on = tensor.seen.requires_grad
    edge = colours.orange if on else colours.muted
    title = (
        f'<TR><TD COLSPAN="2" BGCOLOR="{edge}"><FONT COLOR="{colours.ground}">'
        f"<B>{escape(name)}</B> = {escape(tensor.seen.value)}</FONT></TD></TR>"
    )
    rows = "".join(
        _row(label, value, _fill(key, tensor, colours), key in changed and bool(value), colours)
        for key, label, value in _rows(tensor)
    )
    return (
        f'<<TABLE BORDER="{2 if on else 1}" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2" '
        f'COLOR="{edge}" BGCOLOR="{colours.surface}">{title}{rows}</TABLE>>'
    )


def _rows(tensor: Tracked) -> Rows:
    seen = tensor.seen
    return [
        ("requires_grad", "requires_grad", "● True" if seen.requires_grad else "○ False"),
        ("is_leaf", "is_leaf", str(seen.is_leaf)),
        ("grad_fn", "grad_fn", seen.grad_fn or "None"),
        ("grad", "grad", _gradient(tensor)),
        ("retains_grad", "retains_grad", str(seen.retains_grad)),
        ("version", "_version", "–" if seen.version is None else str(seen.version)),
    ]


def _row(label: str, value: str, fill: str, changed: bool, colours: Palette) -> str:
    ink, sign = (colours.ground, colours.ground) if fill else (colours.text, colours.blue)
    shown = f'<FONT COLOR="{ink}">{escape(value)}</FONT>'
    mark = f'<FONT COLOR="{sign}">▸ </FONT>' if changed else ""
    return (
        f'<TR><TD ALIGN="LEFT"><FONT COLOR="{colours.muted}" POINT-SIZE="11">{label}</FONT></TD>'
        f'<TD ALIGN="LEFT"{fill}>{mark}{f"<B>{shown}</B>" if changed else shown}</TD></TR>'
    )


def _fill(key: str, tensor: Tracked, colours: Palette) -> str:
    """A ground for a gradient that exists: a tensor of zeros is not the same as None."""
    if key != "grad" or tensor.gradient == NO_GRADIENT:
        return ""
    return f' BGCOLOR="{colours.muted if tensor.gradient == ZERO else colours.orange}"'


def _gradient(tensor: Tracked) -> str:
    if tensor.gradient == NO_GRADIENT:
        return "None"
    return f"{tensor.seen.grad} (zeros)" if tensor.gradient == ZERO else str(tensor.seen.grad)
