"""What the player draws of a model of many parameters, and what its neurons say."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import torch

from groundup.figures.scale.size import plain
from groundup.figures.theme import Palette, palette
from groundup.figures.training.player import packed, rough
from groundup.scale.ffn_training import FfnTraining, NeuronAnswers


def scene(training: FfnTraining, every: int = 1) -> dict[str, Any]:
    """The player's payload: the losses, the data, and one in ``every`` of the curves kept."""
    last = len(training.curves) - 1
    curves = [c for n, c in enumerate(training.curves) if n % every == 0 or n == last]
    return {
        "epochs": training.epochs,
        "runs": [{"name": "", "loss": packed(training.losses)}],
        "data": {"x": rough(training.x), "y": rough(training.y)},
        "curves": {
            "at": [epochs for epochs, _ in curves],
            "y": [packed(values) for _, values in curves],
        },
    }


def neurons(view: NeuronAnswers, row: int, *, dark: bool) -> go.Figure:
    """Every neuron's answer to one input, sorted; the shaded band is what counts as near zero."""
    colours = palette(dark)
    figure = plain(colours, height=330, margin={"t": 10, "b": 40})
    values = sorted(view.neurons[row].tolist())
    shades = [colours.muted if abs(v) < view.limit else colours.orange for v in values]
    figure.add_bar(
        x=list(range(1, len(values) + 1)),
        y=values,
        marker={"color": shades, "line": {"width": 0}},
        hovertemplate="neuron in place %{x}: %{y:.4g}<extra></extra>",
    )
    figure.update_layout(bargap=0)
    figure.update_xaxes(title="neurons, from the lowest answer to the highest", fixedrange=True)
    figure.update_yaxes(
        title="after the activation",
        gridcolor=colours.grid,
        zerolinecolor=colours.text,
        range=_with_room(view.neurons),
        fixedrange=True,
    )
    return figure


def _with_room(values: torch.Tensor) -> list[float]:
    """From the lowest to the highest of ``values``, and a little more."""
    low, high = float(values.min()), float(values.max())
    room = 0.05 * (high - low or 1.0)
    return [low - room, high + room]


BUSIEST = 40


def fields(view: NeuronAnswers, row: int, *, dark: bool) -> go.Figure:
    """Above, the fitted curve and the chosen input; below, where along x the neurons wake up.

    A row for each of the :data:`BUSIEST` neurons (those whose answers change most along x),
    shaded from its lowest answer to its highest, sorted by where it rises half way.
    """
    colours = palette(dark)
    figure = plain(colours, height=330, margin={"t": 10, "b": 40})
    shares = _busiest(view.neurons)
    figure.add_trace(_awakening(view, shares, colours))
    line = {"color": colours.blue, "width": 3}
    figure.add_scatter(x=view.x, y=view.y_hat, name="ŷ", line=line, yaxis="y2")
    marker = {"size": 13, "color": colours.orange, "symbol": "diamond"}
    here, says = [view.x[row]], [view.y_hat[row]]
    figure.add_scatter(x=here, y=says, mode="markers", marker=marker, yaxis="y2", name="this input")
    figure.add_vline(x=view.x[row], line={"color": colours.orange, "width": 2, "dash": "dot"})
    below = {"title": f"{shares.shape[1]} busiest neurons", "showticklabels": False}
    above = {"title": "ŷ", "gridcolor": colours.grid, "anchor": "x"}
    figure.update_layout(
        yaxis={"domain": [0, 0.58], **below}, yaxis2={"domain": [0.64, 1], **above}
    )
    figure.update_xaxes(title="x", fixedrange=True)
    return figure


def _busiest(neurons: torch.Tensor) -> torch.Tensor:
    """The busiest neurons' answers as shares of their own range, (inputs, neurons), in order."""
    low, high = neurons.amin(0), neurons.amax(0)
    busiest = torch.argsort(high - low, descending=True)[:BUSIEST]
    own_scale = ((neurons - low) / (high - low).clamp_min(1e-12))[:, busiest]
    rising = own_scale[-1] > own_scale[0]
    awake = (own_scale > 0.5).float().mean(0)
    return own_scale[:, torch.argsort(torch.where(rising, 1 - awake, 2 + awake), stable=True)]


def _awakening(view: NeuronAnswers, shares: torch.Tensor, colours: Palette) -> go.Heatmap:
    return go.Heatmap(
        x=view.x,
        z=shares.T.tolist(),
        colorscale=[[0, colours.surface], [1, colours.blue]],
        zmin=0,
        zmax=1,
        showscale=False,
        hovertemplate="x = %{x:.3g}: %{z:.0%} of the way to its highest<extra></extra>",
    )
