"""Tensors as cards, joined from operand to result; tracking shows as solid, thick lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote

from groundup.autograd.tracking import NO_GRADIENT, ZERO, Tracked, TrackedMoment
from groundup.figures.theme import Palette

Rows = list[tuple[str, str, str]]
"""The fact's key, its label and its value, for each row of a card."""


def cards(
    moment: TrackedMoment,
    operands: Mapping[str, tuple[str, ...]],
    changed: Mapping[str, set[str]],
    colours: Palette,
) -> str:
    """One card for each tensor of ``moment``, as HTML; the facts in ``changed`` are marked.

    A tensor stands right of what it was made from, in the next column, and an arrow leads there.
    Letters are those of the page: a drawing that is scaled to its place had them at 9 pixels.
    """
    columns = _columns(moment, operands)
    parts = []
    for at, names in enumerate(columns):
        if at:
            parts.append(_arrows(moment, operands, columns, at, colours))
        shown = [_card(one, moment.tensors[one], changed.get(one, set()), colours) for one in names]
        parts.append(f'<div class="column">{"".join(shown)}</div>')
    told = escape(in_words(moment), quote=True)
    looks = f"--ground: {colours.surface}; --text: {colours.text}; --label: {colours.muted}"
    return (
        f'<div class="tensor-cards" role="group" tabindex="0" aria-label="{told}" '
        f'style="{looks}">{"".join(parts)}</div>'
    )


def _columns(moment: TrackedMoment, operands: Mapping[str, tuple[str, ...]]) -> list[list[str]]:
    """The tensors by the longest way that leads to each, in the order in which they were made."""
    depth: dict[str, int] = {}
    for name in moment.tensors:
        depth[name] = 1 + max((depth.get(one, -1) for one in operands.get(name, ())), default=-1)
    return [[one for one in depth if depth[one] == at] for at in sorted(set(depth.values()))]


def _arrows(
    moment: TrackedMoment,
    operands: Mapping[str, tuple[str, ...]],
    columns: list[list[str]],
    at: int,
    colours: Palette,
) -> str:
    """The arrows to the tensors of the column ``at``, between it and the one before."""
    rows = max(map(len, columns))
    height = {name: _middle(names, name, rows) for names in columns for name in names}
    made = [(one, name) for name in columns[at] for one in operands.get(name, ()) if one in height]
    lines, heads = "", ""
    # Tracked ones last: their head lies over that of the others.
    for operand, name in sorted(made, key=lambda pair: _is_tracked(moment, pair[0])):
        colour, looks = _looks(_is_tracked(moment, operand), colours)
        ends = f'y1="{height[operand]:g}" y2="{height[name]:g}"'
        looks = f'stroke="{colour}" {looks} vector-effect="non-scaling-stroke"'
        lines += f'<line class="{operand}-{name}" x1="0" x2="80" {ends} {looks}/>'
        heads += f'<i style="top: {100 * height[name] / rows:g}%; color: {colour}"></i>'
    return f'<div class="arrows" style="{_drawn(lines, rows)}">{heads}</div>'


def _drawn(lines: str, rows: int) -> str:
    """``lines`` as a ground that fills its place: Streamlit takes an SVG out of a page's HTML."""
    size = f'viewBox="0 0 100 {rows}" preserveAspectRatio="none"'
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{lines}</svg>'
    return f"background-image: url(&quot;data:image/svg+xml,{quote(picture)}&quot;)"


def _middle(names: Sequence[str], name: str, rows: int) -> float:
    """How far down the middle of a card is, where a card and its gap are 1: columns are centred."""
    return rows / 2 + names.index(name) - (len(names) - 1) / 2


def _is_tracked(moment: TrackedMoment, name: str) -> bool:
    return bool(moment.tensors[name].seen.requires_grad)


def _looks(tracked: bool, colours: Palette) -> tuple[str, str]:
    if tracked:
        return colours.orange, 'stroke-width="3"'
    return colours.muted, 'stroke-width="1.5" stroke-dasharray="5 3"'


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
    title = f"<caption><b>{escape(name)}</b> = {escape(tensor.seen.value)}</caption>"
    rows = "".join(
        _row(label, value, _fill(key, tensor, colours), key in changed and bool(value), colours)
        for key, label, value in _rows(tensor)
    )
    looks = f"--edge: {edge}; --on-edge: {colours.ground}; --thick: {2 if on else 1}px"
    return f'<table class="card" style="{looks}">{title}{rows}</table>'


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
    shown = escape(value)
    if changed:
        mark = "" if fill else f' style="color: {colours.blue}"'
        shown = f"<b><i{mark}>▸</i> {shown}</b>"
    return f'<tr><th scope="row">{label}</th><td{fill}>{shown}</td></tr>'


def _fill(key: str, tensor: Tracked, colours: Palette) -> str:
    """A ground for a gradient that exists: a tensor of zeros is not the same as None."""
    if key != "grad" or tensor.gradient == NO_GRADIENT:
        return ""
    ground = colours.muted if tensor.gradient == ZERO else colours.orange
    return f' style="background: {ground}; color: {colours.ground}"'


def _gradient(tensor: Tracked) -> str:
    if tensor.gradient == NO_GRADIENT:
        return "None"
    return f"{tensor.seen.grad} (zeros)" if tensor.gradient == ZERO else str(tensor.seen.grad)
