"""PyTorch's own words on the page, letter by letter."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from groundup.engine.failures import Failure, Notice


def plain(text: str) -> str:
    """``text`` with the characters escaped that Markdown would take for its own."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()#+-.!|~$<>:" else c for c in text)


def failed(failure: Failure | None, meaning: str = "") -> None:
    """An exception with its line and type, and what it means, if there is something to say."""
    if failure:
        body = f"{plain(failure.message)}\n\n{meaning}".strip()
        st.error(body, title=f"Line {failure.line}: {failure.kind}")


def warned(notices: Sequence[Notice]) -> None:
    """Warnings, each once, with their lines and types."""
    for line, kind, message in dict.fromkeys((n.line, n.kind, n.message) for n in notices):
        st.warning(plain(message), title=f"Line {line}: {kind}")
