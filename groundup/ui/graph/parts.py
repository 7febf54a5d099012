"""What stands under the picture of the computation-graph page: one part at a time."""

from __future__ import annotations

import math
from collections.abc import Callable

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.engine.snapshot import number
from groundup.figures.graph.dot import dot
from groundup.figures.theme import LIGHT
from groundup.graph import explanation, typed
from groundup.graph.gradient_check import Check
from groundup.graph.naming import choices
from groundup.graph.recording import GraphTrace
from groundup.language.grammar import ProgramError
from groundup.ui.components import messages
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.table import table
from groundup.ui.components.take_home import take_home
from groundup.ui.controls.widgets import value
from groundup.ui.graph.page import drawn, parts


def _chain_rule(seen: GraphTrace, chosen: str) -> None:
    """The chain rule for the chosen leaf, or for the first one."""
    leaves = [item.key for item in seen.items if item.kind == "input" and item.node]
    if not leaves:
        root = seen.script.root or "a call of backward()"
        st.info(f"No recorded way leads from {root} to an input.")
        return
    key = chosen if explanation.chain_rule(seen, chosen) else leaves[0]
    told = explanation.chain_rule(seen, key)
    if told is None:
        st.info("PyTorch refused to go back through this graph. Step to the end to read why.")
        return
    st.markdown(f"**{told.headline}**")
    messages.printed("\n".join(told.lines))
    unnamed = [
        line for line in explanation.unnamed(seen) if line.split(":")[0] in " ".join(told.lines)
    ]
    others = [choices(seen)[leaf].split(" · ")[0] for leaf in leaves if leaf != key]
    if others:
        st.caption(f"Click {', '.join(others)} in the picture for the others.")
    if unnamed:
        st.caption("  \n".join(unnamed))


@st.cache_data(max_entries=100, show_spinner=False)
def _checks(text: str, line: str, _seen: GraphTrace) -> list[Check]:
    return typed.checks(text, line, _seen)


def _check(seen: GraphTrace) -> None:
    """Each gradient beside the central difference."""
    st.markdown(
        "Nudge an input a little up and down, and see how far the output moves: "
        "(f(x + h) − f(x − h)) / 2h, in float64. It does not use autograd."
    )
    try:
        checks = _checks(value("program"), value("given"), seen)
    except (ValueError, RuntimeError, KeyError):
        st.info("This program does not run, so there is nothing to compare.")
        return
    table(
        ("input", "gradient by autograd", "central difference", "relative error"),
        (
            (
                f"`{row.name}`",
                row.gradient.text(9) if row.gradient else "None",
                row.difference.text(9),
                _error(row.error),
            )
            for row in checks
        ),
    )
    if any(row.error is not None and not row.error < 1e-3 for row in checks):
        st.warning(
            "They differ, for one of three reasons. Something was cut off with detach(), which a "
            "nudge does not see. Or the input is at a kink, as in relu(0), where there is more "
            "than one slope. Or the numbers are too large for float32."
        )
    nudged = [
        len(c.difference.numbers) for c in checks if len(c.difference.numbers) < c.difference.count
    ]
    if nudged:
        st.caption(f"Of each larger matrix, the first {min(nudged)} numbers are nudged.")


def _error(error: float | None) -> str:
    if error is None:
        return "nothing to compare"
    if math.isnan(error):
        return "not finite"
    return number(error, 2) if error else "none beyond rounding"


def _graph_lifetime(seen: GraphTrace) -> None:
    """What becomes of a graph after backward()."""
    once, twice, retained = st.columns(3)
    with once:
        st.markdown("**backward() once**")
        messages.printed(seen.output or " ")
        if seen.freed:
            st.caption("Asked for a saved tensor afterwards, PyTorch says:")
            st.error(seen.freed)
        else:
            st.caption("Nothing was saved for the backward pass, or backward() did not run.")
    with twice:
        _lifetime_of(seen, "again", "backward() twice", "graph_again")
    with retained:
        _lifetime_of(seen, "retain", "retain_graph=True, then again", "graph_retain")


def _lifetime_of(seen: GraphTrace, edit: str, title: str, key: str) -> None:
    st.markdown(f"**{title}**")
    lesson = seen.script.lesson
    if edit not in lesson.edits:
        st.info("Your program calls backward() in a loop, more than once, or in another form.")
        return
    text = lesson.edit(edit).text
    try:
        printed, failure = typed.outcome(seen.script, text)
    except ProgramError as error:
        st.info(str(error))
        return
    call = next(n for n, line in enumerate(text.split("\n"), 1) if ".backward(" in line)
    failed = failure.line if failure else None
    code_panel(
        text,
        key=key,
        changed=[call, call + 1],
        failed=failed,
        look=call,
        height=130,
        steps=True,
        own=seen.script.own,
    )
    if failure:
        messages.failed(failure)
    else:
        messages.printed(printed or " ")
        if ".grad: " in printed:
            st.caption("Each call adds to .grad: what you see is the sum of both.")


def _downloads(seen: GraphTrace, moment: int) -> None:
    """The script, and both pictures as DOT."""
    with st.container(horizontal=True):
        lesson = Lesson("graph", seen.script.text)
        take_home(lesson, key="graph", type="secondary", parts=parts(seen))
        for view, label in (("mathematics", "The mathematics"), ("autograd", "Autograd's record")):
            st.download_button(
                f"{label} (.dot)",
                dot(drawn(seen, view, LIGHT, ""), moment, LIGHT, value("across")),
                f"{view}.dot",
                "text/vnd.graphviz",
                key=f"dot_{view}",
            )
    st.caption(
        "**Save SVG** under the picture saves it as you see it, at this step. A .dot file is for "
        "Graphviz, which can lay it out anew: `dot -Tpdf mathematics.dot`."
    )


PARTS: dict[str, Callable[[GraphTrace, int, str], None]] = {
    "chain rule": lambda seen, _, chosen: _chain_rule(seen, chosen),
    "check": lambda seen, _, __: _check(seen),
    "life of the graph": lambda seen, _, __: _graph_lifetime(seen),
    "take home": lambda seen, moment, _: _downloads(seen, moment),
}
"""What each choice of the control ``part`` shows of a recording, at a moment, of what is chosen."""
