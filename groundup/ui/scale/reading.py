"""Read it: one script, three models, drawn to scale and laid beside the toy."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from groundup.engine.lesson import Lesson, load
from groundup.engine.observe import run
from groundup.engine.text import changed_lines
from groundup.figures.scale.flow import flow
from groundup.scale import counterparts, ladder
from groundup.scale.counterparts import MatchedLine
from groundup.ui.components import messages
from groundup.ui.components.chart import chart
from groundup.ui.components.lesson_panel import lesson_panel
from groundup.ui.controls.widgets import control, values
from groundup.ui.scale.common import is_dark


def read_it() -> None:
    """The block's text, its matrices and its data, and line by line the toy's."""
    code, picture = st.columns([1, 1.25], gap="medium")
    with picture, st.container(horizontal=True, vertical_alignment="bottom"):
        control("block")
        control("tokens")
    block = load("feed_forward").set(**values("block", "tokens"))
    with code:
        lesson_panel(block, key="read_code", changed=_changed_from("article", block), steps=True)
    with picture:
        _flow(block)
    st.header("Line by line, beside the toy")
    toy = load("feed_forward").set(block="toy")
    st.table(_match_rows(counterparts.matched(toy.text, block.text)), hide_index=True)
    st.caption(
        "`nn.Linear(inputs, outputs)` keeps its matrix W as (outputs, inputs), so what it computes "
        "is `x @ W.T + b`, and `x @ W.T` where it was made with `bias=False`. The training loop's "
        "`X @ w + b` is the same, with w transposed."
    )
    st.info(_honest_sentence())


def _flow(block: Lesson) -> None:
    done = run(block.text)
    chart(
        flow(done.variables["flow"], done.variables["weights"], dark=is_dark()),
        key="flow",
        title="The block's matrices and the data between them, all drawn to one scale",
    )
    st.caption(
        "Area is how many numbers: blue is data (a column for each token), orange is what is "
        "learned. A layer's input stands to its left; a dotted arrow shows an input that comes "
        "from further left. No memory was used for any of them: on the `meta` device a "
        "tensor has a shape and no numbers."
    )
    messages.printed(done.output)


def _changed_from(option: str, shown: Lesson) -> list[int]:
    """Lines of ``shown`` that differ from the same lesson with ``block`` at ``option``."""
    return changed_lines(shown.set(block=option).text, shown.text)


def _match_rows(rows: Sequence[MatchedLine]) -> list[dict[str, str]]:
    """The comparison as a table whose cells are code."""
    return [
        {"toy": _code(row.left), "this block": _code(row.right), "the brick": row.brick}
        for row in rows
    ]


def _code(line: str) -> str:
    return f"`{line}`" if line else "—"


def _honest_sentence() -> str:
    """What the article leaves out of the block that Llama 3 has, in torch's own counts."""
    article, llama = ladder.both_blocks()
    return (
        f"The article simplifies. Its block has two matrices, biases and GELU: {article:,} "
        f"parameters. The block inside Llama 3 8B has three matrices and no biases: {llama:,}. "
        "The third one, `gate`, goes through SiLU and then multiplies what `up` gives, number by "
        "number. Switch the model above to see both."
    )
