"""How every figure of plotly is shown: nothing lies over it, on a touch neither."""

from __future__ import annotations

NO_BAR = {"displayModeBar": False}
"""Plotly's bar of buttons covers legends; what it does, the pages do by their own controls."""
