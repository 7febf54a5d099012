"""Pictures and code follow the window's height: the browser measures the room that each has."""

from __future__ import annotations

from groundup.ui.components.component import component

_fit = component("shell/fit")


def follow() -> None:
    """Measure the page whenever it changes; invisible, and mounted once a page."""
    _fit(key="fit", data={})
