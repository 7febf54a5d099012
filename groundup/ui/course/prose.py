"""The path's sentences and links as HTML; code and what is bold stand in Markdown's marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

_CODE_OR_BOLD = re.compile(r"`(?P<code>[^`]+)`|\*\*(?P<bold>(?:`[^`]*`|[^*`])+)\*\*")
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]$~:#<>|!"})


def inline(text: str) -> str:
    """``text`` as HTML that may stand in a line: all else that it holds is shown as it is."""
    return _CODE_OR_BOLD.sub(_tagged, escape(text, quote=False))


def label(text: str) -> str:
    """``text`` as a button's label, which is Markdown, shown as it is."""
    return text.translate(_MARKS)


def link(
    page: str,
    said: str,
    query: Mapping[str, object] | None = None,
    icon: str = "",
    kind: str = "",
) -> str:
    """A link to ``page``, the first if empty; it is right wherever the app is served.

    ``shell/aids/links.js`` lets it lead on within the visit.
    """
    address = (page or "./") + (f"?{urlencode(query, doseq=True)}" if query else "")
    marks = f' class="{kind}"' if kind else ""
    marks += ' aria-current="page"' if kind == "path-here" else ""
    return f'<a href="{escape(address)}"{marks}>{icon}<span>{said}</span></a>'


def _tagged(found: re.Match[str]) -> str:
    if found["code"]:
        return f"<code>{found['code']}</code>"
    return f"<b>{_CODE_OR_BOLD.sub(_tagged, found['bold'])}</b>"
