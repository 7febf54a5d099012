"""The invariants of a training run: a strip of checks beside it, and the first broken in a card."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from groundup.diagnosis.findings import Check, Diagnosis
from groundup.diagnosis.running import watched
from groundup.engine.lesson import Lesson
from groundup.ui.components.messages import plain

PASSES = 80
"""So many passes are watched, which takes a few dozen milliseconds once for a text."""

_MARKS = {
    "held": ":green[✓]&nbsp;{}",
    "not yet": ":gray[○&nbsp;{}]",
    "broken": ":red[✗&nbsp;**{}**]",
}


def invariants(lesson: Lesson, seen: bool, passes: int = PASSES, *, there: bool = True) -> None:
    """The checks of the first ``passes`` of ``lesson``; nothing before the learner has ``seen`` it.

    They would tell how the run ends: whoever is asked for a guess makes it first. Where they are
    drawn elsewhere on the page, they are not ``there``.
    """
    if seen and there:
        _strip(_diagnosis(lesson.text, lesson.files, passes).checks)


def _strip(checks: tuple[Check, ...]) -> None:
    whole = [(one.state, one.name.replace(" ", "&nbsp;")) for one in checks]
    st.markdown(" &emsp; ".join(_MARKS[state].format(name) for state, name in whole))
    broken = next((one for one in checks if one.state == "broken"), None)
    if broken:
        st.error(plain(broken.sentence), title=f"✗ Not so: {broken.name}, line {broken.line}")


@st.cache_data(max_entries=32, ttl=1800, show_spinner=False)
def _diagnosis(text: str, files: Mapping[str, str | bytes], passes: int) -> Diagnosis:
    """One run of each text, however often its page is drawn."""
    return watched(text, files, passes=passes, seconds=0.3, findings=False)
