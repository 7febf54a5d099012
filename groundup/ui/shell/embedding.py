"""What another page holds to show this one within itself."""

from __future__ import annotations

from groundup.ui.components.component import component

_embedding = component("shell/embedding")


def offer() -> None:
    """A button that copies an ``<iframe>`` of the page as its controls stand."""
    _embedding(data={})
