"""The switch that turns a tensor into something that can learn."""

import streamlit as st

from groundup import lesson, tracking
from groundup.ui import requires_grad as show
from groundup.ui.code_panel import code_panel
from groundup.ui.controls import control, values
from groundup.ui.settings import requires_grad as settings

st.title("What does `requires_grad` switch on?")
section = control("autograd")

if section == settings.SWITCH:
    st.markdown(
        "**Flip a switch, then walk through the lines.** Tracking (thick lines) spreads from each "
        "operand to its result."
    )
    with st.container(horizontal=True):
        for key in ("track_x", "track_w", "track_b"):
            control(key)
        added = [e for e in ("keep_y", "zero_w", "update_w", "forget_b") if control(e)]
    program = lesson.load("switch").set(**values("track_x", "track_w", "track_b"))
    for name in added:
        program = program.edit(name)
    watched = tracking.watch(program.text)
    left, right = st.columns([2, 3])
    with left:
        last = len(watched.moments)
        now = st.slider("After statement", 1, last, last, key="statement", bind="query-params")
        moment = watched.moments[now - 1]
        failed = moment.line if moment.failed else None
        code_panel(program.text, key="switch_code", running=moment.line, failed=failed, height=380)
    with right:
        if moment.failed:
            show.failure(watched.failure)
        show.tensor_cards(watched, now - 1)
        show.destinies(moment)
