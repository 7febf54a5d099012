"""The path's sentences as HTML: plain words, with code and what is bold in Markdown's marks."""

from __future__ import annotations

import re
from html import escape

_CODE_OR_BOLD = re.compile(r"`(?P<code>[^`]+)`|\*\*(?P<bold>(?:`[^`]*`|[^*`])+)\*\*")
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]$~:#<>|!"})


def inline(text: str) -> str:
    """``text`` as HTML that may stand in a line: all else that it holds is shown as it is."""
    return _CODE_OR_BOLD.sub(_tagged, escape(text, quote=False))


def label(text: str) -> str:
    """``text`` as a button's label, which is Markdown, shown as it is."""
    return text.translate(_MARKS)


def _tagged(found: re.Match[str]) -> str:
    if found["code"]:
        return f"<code>{found['code']}</code>"
    return f"<b>{_CODE_OR_BOLD.sub(_tagged, found['bold'])}</b>"
