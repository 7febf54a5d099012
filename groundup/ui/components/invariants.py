"""The invariants of a training run: a strip of checks beside it, and the first broken in a card."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from groundup.diagnosis.findings import Diagnosis
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


def invariants(
    lesson: Lesson,
    seen: bool,
    passes: int = PASSES,
    *,
    there: bool = True,
    failed: bool = False,
) -> None:
    """The checks of the first ``passes`` of ``lesson``; nothing before the learner has ``seen`` it.

    Where all of them held, what else is silently wrong is told; of a run that ``failed``, PyTorch
    has said it.

    They would tell how the run ends: whoever is asked for a guess makes it first. Where they are
    drawn elsewhere on the page, they are not ``there``.
    """
    if not (seen and there):
        return
    found = _diagnosis(lesson.text, lesson.files, passes)
    broken = _strip(found)
    if not broken and not failed and found.findings:
        first = found.findings[0]
        st.error(plain(first.sentence), title=f"✗ Look at line {first.line}")


def _strip(found: Diagnosis) -> bool:
    """Draw the checks; whether one of them is broken."""
    whole = [(one.state, one.name.replace(" ", "&nbsp;")) for one in found.checks]
    marks = " &emsp; ".join(_MARKS[state].format(name) for state, name in whole)
    # What broke later was not seen.
    st.markdown(f"{marks} &emsp; :gray[in its first {found.passes} passes]")
    broken = next((one for one in found.checks if one.state == "broken"), None)
    if broken:
        st.error(plain(broken.sentence), title=f"✗ Not so: {broken.name}, line {broken.line}")
    return broken is not None


@st.cache_data(max_entries=32, ttl=1800, show_spinner=False)
def _diagnosis(text: str, files: Mapping[str, str | bytes], passes: int) -> Diagnosis:
    """One run of each text, however often its page is drawn."""
    return watched(text, files, passes=passes, seconds=0.3)
