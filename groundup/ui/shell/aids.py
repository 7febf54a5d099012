"""What Streamlit's own elements lack for those who type, and for those who hear a page."""

from __future__ import annotations

from groundup.ui.components.component import component
from groundup.ui.controls.widgets import value

_aids = component("shell/aids")


def follow() -> None:
    """Keep letter keys as the setting says, and icons named; invisible, mounted once a page."""
    _aids(data={"letters": value("letter_keys")})
