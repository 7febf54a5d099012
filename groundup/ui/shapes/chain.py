"""A chain of operations on the page: its picture, its script, its fixes."""

from __future__ import annotations

import streamlit as st

from groundup.figures.shapes.chain import chain_picture
from groundup.shapes.chain import read_chain
from groundup.shapes.chain_fixes import chain_fixes
from groundup.shapes.chain_lesson import chain_lesson, chain_too_big
from groundup.shapes.lab import Lab
from groundup.ui.components.component import component
from groundup.ui.controls.widgets import values
from groundup.ui.shapes.answer import answered, fix_buttons, worded_for_real
from groundup.ui.tensors import common as ui

_picture = component("shapes/chain_picture")


def show_chain(typed: Lab) -> None:
    """The chain's verdict, then its picture above the script that made it: both are wide."""
    chain = read_chain(typed)
    lesson = chain_lesson(typed, **values("seed", "device"))
    if not answered(typed, chain.verdict):
        return
    described = chain_too_big(chain)
    broken = chain.broken.question if chain.broken else None
    fix_buttons(chain_fixes(typed))
    if described:
        st.caption(described)
    _picture(key="chain_picture", data=chain_picture(chain))
    real = worded_for_real(broken) if described and broken else None
    ui.perform(lesson, "chain", real=real)
