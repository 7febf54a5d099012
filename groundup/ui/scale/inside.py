"""Inside a block: where the feed-forward network stands in a transformer."""

from __future__ import annotations

import streamlit as st

from groundup.engine.lesson import load
from groundup.engine.observe import run
from groundup.scale import block_picture
from groundup.ui.components import messages
from groundup.ui.components.component import component
from groundup.ui.components.lesson_panel import lesson_panel
from groundup.ui.controls.widgets import control, values
from groundup.ui.settings.ffn_scale import NO_TOKEN

_block = component("scale/block")


def inside_a_block() -> None:
    """A block drawn small, beside the text that it is a picture of.

    What another token changes is not told before the learner has chosen one.
    """
    picture, code = st.columns([1.15, 1], gap="medium")
    with picture:
        token = control("other_token")
    is_changed = token != NO_TOKEN
    shown = load("transformer_block").set(**values("seed"))
    shown = shown.set(changed=int(token)) if is_changed else shown
    done = run(shown.text)
    with picture:
        seen = block_picture.scene(shown, done, is_changed=is_changed)
        _block(key="block_picture", data=seen | {"code": "block_code"})
        if is_changed:
            st.markdown(block_picture.counted(done))
        st.caption(block_picture.repeated())
    with code:
        look = shown.line_of("class Block(nn.Module):")
        lesson_panel(shown, key="block_code", look=look, height=470, steps=True, changed=[])
        if is_changed:
            messages.printed(done.output)
