"""A DataLoader's batches: the loop's text, and which examples each step got."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.engine.observe import run
from groundup.modules.dealing import Dealt
from groundup.ui.components import messages
from groundup.ui.components.lesson_panel import lesson_panel
from groundup.ui.components.table import table

SHOWN = 3
"""So many epochs are shown."""

_WORKERS = (
    "**num_workers=0**: the program fetches each batch itself. With 2, two more processes fetch "
    "ahead, and deal out the same batches. That pays where an example takes long to get ready, "
    "such as a picture that is read from a disk. These numbers lie in memory already, and the "
    "server of this page starts no processes for a lesson. Try it at home; where a program starts "
    'them anew (Windows, macOS), the loop then belongs under `if __name__ == "__main__":`.'
)


def dealt_out(shown: Lesson) -> None:
    """The examples of each batch in the first epochs, beside the text that dealt them out."""
    done = run(shown.text)
    dealt = Dealt(done.variables["dealt"], len(done.variables["dataset"]))
    picture, code = st.columns([1, 1.1], gap="medium")
    with code:
        look = shown.line_of("dataset = TensorDataset")
        lesson_panel(shown, key="loader_code", look=look, height=400, steps=True)
        messages.printed(done.output)
    with picture:
        st.markdown("**The examples, by their numbers, as each step got them**")
        _batches(dealt)
        st.markdown("\n".join(f"- {sentence}" for sentence in dealt.sentences()))
        st.caption(_WORKERS)


def _batches(dealt: Dealt) -> None:
    """A row for each of the first epochs, a column for each step."""
    epochs = dealt.epochs[:SHOWN]
    steps = [f"step {n}" for n in range(1, len(epochs[0]) + 1)]
    rest = ["left out"] if dealt.left_out(0) else []
    rows = [
        [at, *map(_numbers, epoch), *(_numbers(dealt.left_out(at)) for _ in rest)]
        for at, epoch in enumerate(epochs)
    ]
    table(["epoch", *steps, *rest], rows)


def _numbers(batch: Sequence[int]) -> str:
    return ", ".join(map(str, batch))
