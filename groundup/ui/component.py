"""Components whose html, css and js are files of their own, in a folder beside this one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent


def component(folder: str) -> Any:
    """Register the component in ``ui/FOLDER``; its ``*.js`` are joined in the order of their names.

    Plain scripts joined need no bundler; the last one holds the ``export default``.
    """
    files = _HERE / folder
    return st.components.v2.component(
        f"groundup_{folder}",
        html=_joined(files, "html"),
        css=_joined(files, "css"),
        js=_joined(files, "js"),
    )


def _joined(folder: Path, ending: str) -> str:
    return "\n".join(file.read_text("utf-8") for file in sorted(folder.glob(f"*.{ending}")))
