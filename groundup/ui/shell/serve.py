"""The app, started from wherever groundup lies: a checkout or an installed package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from streamlit.web import cli

PACKAGE = Path(__file__).parents[2]
SCRIPT = "script.py"
"""Beside ``app.py``, which serves it."""


def app_file(package: Path = PACKAGE) -> Path:
    """Where ``app.py`` lies: inside an installed ``package``, beside it in a checkout."""
    installed = package / "served" / "app.py"
    return installed if installed.is_file() else package.parent / "app.py"


def serve(options: Sequence[str]) -> None:
    """Do what ``streamlit run app.py`` does, with its ``options``, until the server is stopped.

    Streamlit reads the ``.streamlit/config.toml`` beside ``app.py``, whatever folder one is in.
    """
    cli.main(["run", str(app_file()), *options], prog_name="streamlit")
