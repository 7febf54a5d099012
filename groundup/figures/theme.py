"""The one palette: Okabe and Ito's colours (2008), which colour-blind readers can tell apart.

The dark set is the same hues, lightened until each has a contrast of 4.5 or more on the ground.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Named colours, as ``#rrggbb``."""

    ground: str
    surface: str
    text: str
    muted: str
    grid: str
    blue: str
    orange: str
    green: str
    pink: str
    violet: str
    yellow: str
    sky: str
    red: str


LIGHT = Palette(
    ground="#ffffff",
    surface="#f3f5f8",
    text="#1b2330",
    muted="#566173",
    grid="#dde3eb",
    blue="#0072b2",
    orange="#b8420f",
    green="#00795a",
    pink="#a8487c",
    violet="#7a3e9d",
    yellow="#8a6100",
    sky="#1f78a8",
    red="#b3261e",
)

DARK = Palette(
    ground="#10151d",
    surface="#1a222e",
    text="#eef2f7",
    muted="#a7b3c4",
    grid="#303b4a",
    blue="#56b4e9",
    orange="#f0883e",
    green="#2fbf94",
    pink="#e39ac6",
    violet="#c9a3f0",
    yellow="#f2c14e",
    sky="#9ad0f5",
    red="#ff8a80",
)


def palette(dark: bool) -> Palette:
    """The palette for a dark or a light page."""
    return DARK if dark else LIGHT
