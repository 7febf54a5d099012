"""The button that starts workers, what is seen meanwhile, and what is played where none can run."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Literal

import streamlit as st

from groundup.scale.many import room
from groundup.scale.many.recordings import recorded
from groundup.scale.many.seen import Seen
from groundup.ui.scale.many.state import ManyState
from groundup.ui.shell.presence import presence
from groundup.ui.state import page_state
from groundup.workers import Event, Job, WorkersError, run_on_workers

Kind = Literal["primary", "secondary"]
Says = Callable[[list[Event]], str]
"""What the workers have done so far, in a few words."""


def seen_of(
    key: str,
    job: Job,
    label: str,
    *,
    instead: Job | None = None,
    says: Says | None = None,
    first: bool = True,
) -> Seen | None:
    """The latest run of this part, started by a button called ``label``; None before the first.

    The button is the ``first`` thing to do here, or one among others.
    Where there is no room for ``job``, the recording of it is given, or that of ``instead``.
    """
    if why := room.why_not(job.world_size, job.megabytes):
        return _recorded(why, job, instead)
    state = page_state(ManyState)
    # What comes next is orange: the start, and after it what the picture offers.
    kind: Kind = "primary" if first and key not in state.seen else "secondary"
    if st.button(label, key=f"{key}_start", type=kind, icon=":material/play_arrow:"):
        state.trouble.pop(key, None)
        _run(state, key, job, says or _steps_of(job))
        st.rerun()  # what is orange now is another button
    if trouble := state.trouble.get(key):
        st.warning(trouble, icon=":material/error:")
    found = state.seen.get(key)
    if found and (found.text, found.world_size) != (job.text, job.world_size):
        st.info("These numbers were made with other settings. The button runs these.")
    return found


def _recorded(why: str, job: Job, instead: Job | None) -> Seen | None:
    found = recorded(job.text, job.world_size)
    if found is None and instead:
        found = recorded(instead.text, instead.world_size)
    if found is None:
        st.warning(f"{why} There is no recording of these settings.", icon=":material/memory:")
        return None
    st.info(f"{why} So a recorded run is shown. {found.whence()}", icon=":material/album:")
    return found


def _run(state: ManyState, key: str, job: Job, says: Says) -> None:
    """Run it, and keep what was seen to its end."""
    events: list[Event] = []
    place = st.empty()
    place.info("Starting Python and torch …", icon=":material/hourglass_top:")
    try:
        with closing(run_on_workers(job, present=presence())) as running:
            for event in running:
                events.append(event)
                place.info(says(events), icon=":material/hourglass_top:")
        state.seen[key] = Seen(job.text, job.world_size, events)
    except WorkersError as error:
        state.trouble[key] = str(error)
    place.empty()


def _steps_of(job: Job) -> Says:
    def says(events: list[Event]) -> str:
        steps = sum(event.kind == "step" for event in events)
        return f"{job.world_size} workers, {steps // job.world_size} steps each"

    return says
