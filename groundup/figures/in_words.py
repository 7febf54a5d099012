"""What a figure shows, in words made of its own numbers: for who does not see it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from groundup.engine.snapshot import number

FEW = 8
"""So many values are told one by one; of more, where they begin, turn and end."""

Values = Sequence[tuple[Any, float]]


def in_words(figure: go.Figure, title: str) -> str:
    """``title``, and what each trace of ``figure`` holds."""
    traces = list(dict.fromkeys(told for trace in figure.data if (told := _trace(trace))))
    return f"{title}: {'; '.join(traces)}" if traces else title


def _trace(trace: Any) -> str:
    if isinstance(trace.text, str):
        return _plain(trace.text)
    values = _values(*_axes(trace))
    if not values:
        return _plain(trace.hovertext) if isinstance(trace.hovertext, str) else ""
    name = f"{_plain(trace.name)} " if trace.name else ""
    return name + (_each(values) if len(values) <= FEW else _way(values))


def _axes(trace: Any) -> tuple[Any, Any]:
    """Along which places a trace goes, and which heights it has there."""
    if trace.type == "treemap":
        return trace.labels, trace.values
    lies = trace.type == "bar" and trace.orientation == "h"
    return (trace.y, trace.x) if lies else (trace.x, trace.y)


def _values(places: Any, heights: Any) -> Values:
    if heights is None:
        return []
    counted = range(len(heights)) if places is None else places
    pairs = zip(counted, heights, strict=False)
    return [(place, float(height)) for place, height in pairs if _is_number(height)]


def _is_number(value: Any) -> bool:
    return not isinstance(value, str) and value is not None and math.isfinite(value)


def _each(values: Values) -> str:
    return ", ".join(f"{number(height)} at {_place(place)}" for place, height in values)


def _way(values: Values) -> str:
    lowest, highest = min(values, key=_height), max(values, key=_height)
    named = {"from": values[0], "to": values[-1], "lowest": lowest, "highest": highest}
    return ", ".join(f"{name} {_each([value])}" for name, value in named.items())


def _height(value: tuple[Any, float]) -> float:
    return value[1]


def _place(place: Any) -> str:
    return number(float(place)) if _is_number(place) else _plain(str(place))


def _plain(marked: str) -> str:
    """Without plotly's own marks: a new line, bold."""
    return re.sub("<[^>]*>", " ", marked).strip()
