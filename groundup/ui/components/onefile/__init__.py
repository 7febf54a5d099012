"""One .html file that plays, scrubs and steps without a server: the page's own code and data.

What is drawn is what the page drew: the same scene, the same recording of the same text, in the
same components. Nothing is fetched: the file's own policy forbids it.
"""

from __future__ import annotations

import base64
import json
import platform
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from html import escape
from importlib import metadata
from pathlib import Path
from string import Template
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import streamlit as st

from groundup.figures.theme import DARK, LIGHT, Palette
from groundup.ui.components.component import Texts

_HERE = Path(__file__).parent
MAX_BYTES = 400_000
"""The largest file that is made."""


class Part(NamedTuple):
    """A component of the page: what its tab is called, what it is made of, and what it was sent."""

    label: str
    texts: Texts
    data: Mapping[str, Any]


def one_file(title: str, parts: Sequence[Part], link: str) -> str:
    """The file's text; ``link`` leads to the page that it was made from, empty for none."""
    codes = {part.texts.name: part.texts.delivery for part in parts}
    return _template().substitute(
        title=escape(title),
        light=_colours(LIGHT),
        dark=_colours(DARK),
        style=_read("frame.css"),
        versions=escape(versions()),
        link=_link(link),
        parts=_packed([_sent(part) for part in parts]),
        code=_closed("\n".join(codes.values())),
        start=_closed(_read("start.js")),
    )


def versions() -> str:
    """What the numbers of a file were computed with."""
    torch = metadata.version("torch").partition("+")[0]
    return f"Ran on PyTorch {torch}, Python {platform.python_version()}."


def present_link() -> str:
    """The address of the page as its controls stand."""
    address = st.context.url or ""
    return f"{address}?{urlencode(st.query_params.to_dict())}" if address else ""


def _sent(part: Part) -> dict[str, Any]:
    texts = part.texts
    return {
        "label": part.label,
        "name": texts.name,
        "html": texts.html,
        "css": texts.css,
        "data": part.data,
    }


def _packed(value: object) -> str:
    """As JSON, compressed: letters that can stand within a script."""
    text = json.dumps(value, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def _closed(code: str) -> str:
    """A script that no text within it can end."""
    return code.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _link(link: str) -> str:
    if urlsplit(link).scheme not in {"http", "https"}:
        return ""
    return f'<a href="{escape(link)}" rel="noreferrer">Open it in groundup</a>'


def _colours(palette: Palette) -> str:
    named = asdict(palette)
    table = {
        "background-color": "ground",
        "secondary-background-color": "surface",
        "text-color": "text",
        "border-color": "grid",
        "primary-color": "orange",
        **{f"{name}-color": name for name in ("blue", "green", "orange", "red", "yellow")},
        **{f"{name}-text-color": name for name in ("blue", "green", "red", "violet", "yellow")},
    }
    return " ".join(f"--st-{name}: {named[colour]};" for name, colour in table.items())


def _template() -> Template:
    return Template(_read("frame.html"))


def _read(name: str) -> str:
    return (_HERE / name).read_text("utf-8")
