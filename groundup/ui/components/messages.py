"""PyTorch's own words on the page, and what a text printed, letter by letter."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from groundup.engine.failures import Failure, Notice

_PRE = (
    "font-family: 'Source Code Pro', monospace; font-size: 0.875rem; line-height: 1.5; margin: 0; "
    "padding: 0.75rem 1rem; border-radius: 0.5rem; background: rgb(128 140 156 / 14%); "
    "white-space: pre-wrap; overflow-wrap: anywhere;"
)


def printed(text: str) -> None:
    """What a text printed, every character in its column.

    ``st.code`` would bring a highlighter of 1.6 MB to the browser, for text that has no colours.
    """
    st.html(f'<pre style="{_PRE}">{html.escape(text.rstrip())}</pre>')


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
