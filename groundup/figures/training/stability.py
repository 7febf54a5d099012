"""The stability ruler: zones of learning rates on a logarithmic strip, and what they foretell."""

from __future__ import annotations

import math

import plotly.graph_objects as go

from groundup.engine.snapshot import number
from groundup.figures.theme import Palette
from groundup.training.stability import CONVERGES, CRAWLS, DIVERGES, OSCILLATES, Ruler, Seen, Zone

PATTERNS = {CRAWLS: ".", CONVERGES: "", OSCILLATES: "/", DIVERGES: "x"}
"""Each zone's hatching: it is told apart without its colour."""

_STRIP = 0.66
"""The height of the strip as a share of the picture; above it stands today's value."""


def strip(ruler: Ruler, rate: float, low: float, high: float, colours: Palette) -> go.Figure:
    """The learning rates from ``low`` to ``high`` in their zones, with ``rate`` marked."""
    zones = ruler.zones(low, high)
    figure = go.Figure([_zone(zone, colours) for zone in zones])
    for n, zone in enumerate(zones):
        if math.log10(zone.high / zone.low) > 0.12:
            figure.add_annotation(_label(zone, n % 2, colours))
    _add_rate(figure, rate, colours)
    figure.update_layout(
        height=100,
        margin={"l": 8, "r": 8, "t": 0, "b": 22},
        showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        xaxis=_rate_axis(ruler.limit, low, high, colours),
        yaxis={"visible": False, "range": [0, 1], "fixedrange": True},
    )
    return figure


def _add_rate(figure: go.Figure, rate: float, colours: Palette) -> None:
    """Today's learning rate: a line across the strip, and its number above."""
    figure.add_scatter(
        x=[rate, rate],
        y=[0, _STRIP + 0.05],
        mode="lines+markers",
        line={"color": colours.text, "width": 3},
        marker={"symbol": "diamond", "size": [0, 11]},
        hovertemplate=f"learning rate {rate:g}<extra></extra>",
    )
    figure.add_annotation(
        **{"x": math.log10(rate), "y": 0.98, "yanchor": "top", "showarrow": False},
        text=f"<b>now {rate:g}</b>",
        font={"color": colours.text, "size": 13},
    )


def _rate_axis(limit: float, low: float, high: float, colours: Palette) -> dict[str, object]:
    """Powers of ten, but none so near the limit that its name would run into theirs."""
    powers = [10.0**power for power in range(math.ceil(math.log10(low)), 2)]
    ticks = [v for v in powers if v <= high and abs(math.log10(v / limit)) > 0.35]
    names = [f"{v:g}" for v in ticks]
    if low < limit < high:
        ticks.append(limit)
        names.append(f"<b>2/λmax = {number(limit)}</b>")
    return {
        **{"type": "log", "range": [math.log10(low), math.log10(high)], "fixedrange": True},
        **{"tickvals": ticks, "ticktext": names, "showgrid": False},
        "tickfont": {"color": colours.text, "size": 12},
    }


def described(ruler: Ruler, rate: float, low: float, high: float) -> str:
    """The strip in words, for those who cannot see it."""
    zones = ", ".join(
        f"{z.outcome} from {number(z.low)} to {number(z.high)}" for z in ruler.zones(low, high)
    )
    return f"Learning rates of gradient descent: {zones}. Today's is {rate:g}."


def _zone(zone: Zone, colours: Palette) -> go.Scatter:
    hue = _hue(zone, colours)
    return go.Scatter(
        x=[zone.low, zone.high, zone.high, zone.low, zone.low],
        y=[0, 0, _STRIP, _STRIP, 0],
        mode="lines",
        line={"color": hue, "width": 1},
        fill="toself",
        fillcolor=colours.surface,
        fillpattern={
            **{"shape": PATTERNS[zone.outcome], "fgcolor": hue, "bgcolor": colours.surface},
            **{"size": 7, "solidity": 0.25, "fillmode": "replace"},
        },
        hoveron="fills",
        text=f"{zone.outcome}: {number(zone.low)} to {number(zone.high)}",
        hoverinfo="text",
    )


def _hue(zone: Zone, colours: Palette) -> str:
    return {
        CRAWLS: colours.muted,
        CONVERGES: colours.green,
        OSCILLATES: colours.yellow,
        DIVERGES: colours.orange,
    }[zone.outcome]


def _label(zone: Zone, row: int, colours: Palette) -> dict[str, object]:
    # Neighbours stand in different rows: on a narrow screen they are wider than their zones.
    return {
        "x": math.log10(zone.low * zone.high) / 2,
        "y": _STRIP * (0.74 if row else 0.27),
        "text": f"<b>{zone.outcome}</b>",
        "showarrow": False,
        "font": {"color": colours.text, "size": 12},
        # The hatching would run through the letters.
        "bgcolor": colours.surface,
        "borderpad": 0,
    }


def numbers(ruler: Ruler) -> str:
    """The curvature's numbers in a line, with what they mean."""
    return (
        f"The loss curves least by λmin = {number(ruler.slowest)} and most by λmax = "
        f"{number(ruler.steepest)}: condition number {number(ruler.condition)}. The limit is "
        f"2/λmax = {number(ruler.limit)}; up to "
        f"1/λmax = {number(ruler.turning)} nothing changes sides; below {number(ruler.crawl)} "
        f"{_epochs(ruler)} over 1 % of the slowest way."
    )


def _epochs(ruler: Ruler) -> str:
    return "1 epoch leaves" if ruler.epochs == 1 else f"{ruler.epochs} epochs leave"


def caveat(optimizer: str, changes: bool, batches: bool, ruler: Ruler) -> str:
    """What the ruler does not know of a run whose rate ``changes`` or which steps in ``batches``;
    empty where it knows all."""
    if batches:
        return (
            "The ruler is for steps over all points. Fewer points have another curvature, so its "
            "2/λmax may not hold here. Your prediction is compared with the run."
        )
    if optimizer == "momentum":
        return (
            "The ruler is plain gradient descent's. A momentum of 0.9 stays stable up to "
            f"3.8/λmax = {number(1.9 * ruler.limit)}, and swings already below that."
        )
    if optimizer != "gradient descent":
        return (
            f"The ruler is plain gradient descent's. {optimizer} divides each step by the "
            "gradients' recent size, so the curvature alone does not say how far it may go. Your "
            "prediction is compared with the run."
        )
    if changes:
        return "The learning rate changes during the run; the ruler knows only the first one."
    return ""


def verdict(
    guess: str | None, seen: Seen, ruler: Ruler, rate: float, optimizer: str, *, known: bool = True
) -> str:
    """Whether the prediction came true, with the learning rate and the limit it met.

    ``known`` is False where the ruler says nothing of such a run: then no cause is given.
    """
    if guess is None:
        said = f"It **{_past(seen.outcome)}**."
    elif guess == seen.outcome:
        said = f"You said **{guess}**, and that is right."
    else:
        said = f"You said **{guess}**; it **{_past(seen.outcome)}**."
    why = _why(ruler, rate, optimizer, seen) if known else ""
    return " ".join(part for part in (said, why, _saw(seen)) if part)


def _past(outcome: str) -> str:
    return outcome.removesuffix("s").removesuffix("e") + "ed"


def _why(ruler: Ruler, rate: float, optimizer: str, seen: Seen) -> str:
    expected = ruler.outcome(rate)
    if optimizer != "gradient descent":
        limit = number(ruler.limit)
        return f"(For gradient descent {rate:g} would mean: {expected}; 2/λmax = {limit}.)"
    where = _where(ruler, rate, expected)
    if expected == seen.outcome:
        return where
    return (
        f"{where} The ruler said {expected}: it knows neither the start, nor which swings are too "
        "few or too small to be seen."
    )


_CURVATURE = "λmax is how sharply the loss curves where it curves most."


def _where(ruler: Ruler, rate: float, expected: str) -> str:
    """Between which of the ruler's marks ``rate`` lies, so that it is ``expected`` to do that."""
    limit, turning, crawl = (number(n) for n in (ruler.limit, ruler.turning, ruler.crawl))
    return {
        DIVERGES: f"The rate {rate:g} is above the limit, 2/λmax = {limit}. {_CURVATURE}",
        OSCILLATES: f"The rate {rate:g} lies between half the limit, 1/λmax = {turning}, and the "
        f"limit, 2/λmax = {limit}. {_CURVATURE}",
        CONVERGES: f"The rate {rate:g} lies between {crawl} and half the limit, 1/λmax = "
        f"{turning}. {_CURVATURE}",
        CRAWLS: f"The rate {rate:g} is below {crawl}: {_epochs(ruler)} over 1 % of the slowest "
        "way.",
    }[expected]


def _saw(seen: Seen) -> str:
    losses = f"The loss went from {number(seen.first_loss)} to {number(seen.last_loss)}"
    if seen.outcome == DIVERGES:
        return losses + "."
    times = "once" if seen.crossings == 1 else f"{seen.crossings} times"
    crossed = f"the steepest way changed sides {times}"
    return f"{losses}; {crossed}; {100 * seen.left:.2g} % of the way is left."
