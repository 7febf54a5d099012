"""A part of a page that runs alone, in its turn."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from groundup.ui.shell.sending import turn

P = ParamSpec("P")


def part(draw: Callable[P, None], *, run_every: float | None = None) -> Callable[P, None]:
    """``draw`` as a part that a press in it runs alone, and a clock every ``run_every`` seconds."""

    @wraps(draw)
    def in_turn(*given: P.args, **named: P.kwargs) -> None:
        with turn():
            draw(*given, **named)

    return st.fragment(in_turn, run_every=run_every)
