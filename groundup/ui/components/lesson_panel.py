"""A lesson's text on the screen with what takes it home."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.engine.text import changed_lines
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.onefile import Part
from groundup.ui.components.recordings import Room
from groundup.ui.components.take_home import Parts, steps_of, take_home


def lesson_panel(
    shown: Lesson,
    *,
    key: str,
    changed: Sequence[int] | None = None,
    look: int | None = None,
    height: int = 520,
    steps: bool = False,
    room: Room = nullcontext,
    picture: Parts = lambda _: (),
) -> None:
    """Draw ``shown``, its changed lines marked (against the lesson's own text, or as given).

    With ``steps`` its text can be stepped through, in the memory that ``room`` holds, here and in
    a file of one's own, in which ``picture`` stands beside it.
    """
    if changed is None:
        changed = changed_lines(shown.source, shown.text)
    text = shown.text
    code_panel(text, key=key, changed=changed, look=look, height=height, steps=steps, room=room)
    with st.container(horizontal=True):
        code = steps_of(shown, room)

        def parts(every: int) -> list[Part]:
            return [*picture(every), *code(every)]

        take_home(shown, key=key, parts=parts if steps else None)
