"""Take home: one script for one machine and for many, and what a lost worker costs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from groundup.figures.scale import many as figures
from groundup.scale.many import resuming, room
from groundup.scale.many.resuming import Resumed
from groundup.ui.components.chart import chart
from groundup.ui.components.lesson_panel import lesson_panel
from groundup.ui.scale.common import is_dark
from groundup.ui.scale.many.running import Kind
from groundup.ui.scale.many.state import ManyState
from groundup.ui.shell.presence import presence
from groundup.ui.state import page_state
from groundup.workers import Launcher, WorkersError, one_at_a_time

_COMMANDS = """\
python train_on_many.py                                    # alone
torchrun --standalone --nproc-per-node 2 train_on_many.py  # two workers, one machine

# Workers that start anew meet in a new place, not at addresses of those that ended.
export TORCH_DISABLE_SHARE_RDZV_TCP_STORE=1
torchrun --standalone --nproc-per-node 2 --max-restarts 3 train_on_many.py

# On each of 4 machines with 8 GPUs; HOST is one of them
torchrun --nnodes 4 --nproc-per-node 8 --max-restarts 3 \\
    --rdzv-backend c10d --rdzv-endpoint HOST:29500 train_on_many.py"""


def take_home() -> None:
    """The script and its commands, and a training that loses a worker."""
    st.markdown(
        "The more machines train together, the sooner one of them fails. A training survives that "
        "if it writes down, now and then, where it stands."
    )
    made = resuming.planned()
    picture, code = st.columns([1.25, 1], gap="medium")
    with picture:
        _killed()
        st.markdown("**The same file, started in three ways**")
        st.code(_COMMANDS, language="bash")
        st.caption(
            "With `--max-restarts`, torchrun itself starts all workers anew when one is lost. "
            "Several machines need the checkpoint on a disk that all of them see."
        )
    with code:
        look = made.line_of("# Go on where the last checkpoint was written")
        lesson_panel(made, key="home_code", look=look, height=520)


def _killed() -> None:
    if why := room.why_not(resuming.WORKERS, resuming.job(resuming.planned()).megabytes):
        kept = resuming.recorded()
        st.info(f"{why} So a recorded run is shown. {kept.whence}", icon=":material/album:")
        _shown(kept.seen)
        return
    state = page_state(ManyState)
    kind: Kind = "secondary" if state.resumed else "primary"
    label = f"Train, and kill worker {resuming.KILLED}"
    if st.button(label, key="kill_worker", type=kind, icon=":material/dangerous:"):
        _train(state)
        st.rerun()  # what is orange now is another button
    if trouble := state.trouble.get("home"):
        st.warning(trouble, icon=":material/error:")
    if state.resumed:
        _shown(state.resumed)
    else:
        st.info("Press the button: a real process is killed in mid-training.")


def _train(state: ManyState) -> None:
    state.trouble.pop("home", None)
    place = st.empty()
    place.info("Starting Python and torch …", icon=":material/hourglass_top:")
    try:
        with one_at_a_time(), Launcher() as launcher, TemporaryDirectory() as folder:
            state.resumed = _followed(launcher, Path(folder), place.info)
    except WorkersError as error:
        state.trouble["home"] = str(error)
    place.empty()


def _followed(launcher: Launcher, folder: Path, say: Callable[..., object]) -> Resumed:
    """What came of it, said step by step."""
    made = resuming.planned()
    with closing(resuming.kill_and_resume(made, launcher, folder, presence())) as going:
        while True:
            try:
                say(next(going), icon=":material/hourglass_top:")
            except StopIteration as over:
                seen: Resumed = over.value
                return seen


def _shown(seen: Resumed) -> None:
    chart(
        figures.losses(seen, dark=is_dark()),
        key="many_losses",
        title="The loss until a worker died, from the checkpoint on, and of a training without it",
    )
    st.markdown("\n".join(f"- {sentence}" for sentence in seen.said()))
