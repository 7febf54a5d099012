"""The losses of two runs of one loop, one on the other."""

from __future__ import annotations

import plotly.graph_objects as go

from groundup.figures.theme import Palette
from groundup.modules.three_lines import Compared


def losses(compared: Compared, colours: Palette) -> go.Figure:
    """The loop by hand as a broad line, the other as a dashed one upon it; the losses as powers."""
    figure = go.Figure()
    lines = (
        ("by hand", compared.by_hand, {"color": colours.blue, "width": 6}),
        (
            "with the optimizer",
            compared.with_optimizer,
            {"color": colours.orange, "width": 2.5, "dash": "dash"},
        ),
    )
    for name, values, line in lines:
        figure.add_scatter(y=values, name=name, line=line, mode="lines")
    figure.update_layout(
        height=300,
        margin={"l": 64, "r": 8, "t": 8, "b": 48},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colours.text, "size": 14},
        legend={"x": 0.98, "y": 0.98, "xanchor": "right", "bgcolor": "rgba(0,0,0,0)"},
        dragmode=False,
    )
    figure.update_xaxes(title="epoch", gridcolor=colours.grid, zeroline=False)
    figure.update_yaxes(title="loss", type="log", dtick=1, gridcolor=colours.grid)
    return figure
