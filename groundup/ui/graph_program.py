"""The computation-graph page's program and inputs, as the learner writes them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from groundup import given
from groundup.presets import PRESETS
from groundup.program import check
from groundup.script import Input


def program_box() -> None:
    """The text of the program."""
    state = st.session_state
    state.setdefault("program", st.query_params.get("program") or PRESETS[state["graph"]].text)
    st.text_area(
        "Your program",
        key="program",
        bind="query-params",
        height=min(48 + 24 * max(state["program"].count("\n"), 2), 170),
        max_chars=4_000,
        on_change=_start_again,
        help="Assignments such as `y = x * (a + b)`, numbers, + - * / ** @, +=, and torch's "
        "functions: `exp(x)`, `x.sum()`, `mse_loss(y, t)`. A name that you have not assigned "
        "becomes an input. Ctrl+Enter runs it.",
    )


def begin() -> None:
    """A preset was chosen: take its program and inputs."""
    preset = PRESETS[st.session_state["graph"]]
    st.session_state["program"], st.session_state["given"] = preset.text, preset.given
    _start_again()


def _start_again() -> None:
    """Another program begins at the end of its way forward, whatever step the link holds."""
    for key in ("moment_next", "chosen"):
        st.session_state.pop(key, None)
    st.session_state.update(moment=None, playing=False)


def inputs() -> None:
    """A slider or a matrix for each input that the program reads, and its requires_grad."""
    state = st.session_state
    try:
        names = check(state["program"]).inputs
        found = given.complete(given.parse(state["given"]), names)
    except ValueError:
        found = {}
    columns = st.columns(min(max(len(found), 2), 3), gap="small")
    for place, (name, one) in enumerate(found.items()):
        with columns[place % len(columns)]:
            _input(name, one)


def inputs_line() -> None:
    """All the inputs as one line of text: for a link, or to make a matrix of a number."""
    preset = PRESETS[st.session_state["graph"]]
    st.session_state.setdefault("given", st.query_params.get("given") or preset.given)
    st.text_input(
        "All inputs in one line",
        key="given",
        bind="query-params",
        max_chars=given.MOST_CHARACTERS,
        help="`a=2; W=[[1, 2], [3, 4]]; t=1 fixed`, where fixed means requires_grad=False.",
    )


def _input(name: str, one: Input) -> None:
    value, learns = f"in_{name}", f"learns_{name}"
    moved: dict[str, Any] = {"on_change": _moved, "args": (name,)}
    st.session_state[learns] = one.requires_grad
    st.toggle(f"{name} grad", key=learns, **moved)
    if isinstance(one.value, int | float):
        number = float(one.value)
        st.session_state[value] = number
        low, high = min(-5.0, number), max(5.0, number)
        st.slider(name, low, high, step=0.1, key=value, label_visibility="collapsed", **moved)
    else:
        st.session_state[value] = given.written(one.value)
        st.text_input(name, key=value, label_visibility="collapsed", **moved)


def _moved(name: str) -> None:
    """An input was changed: write it into the line that holds them all."""
    state = st.session_state
    raw = state[f"in_{name}"]
    value = given.read(raw) if isinstance(raw, str) else raw
    try:
        found = given.complete(given.parse(state["given"]), check(state["program"]).inputs)
        new = Input(value, state[f"learns_{name}"])
        _ = new.tensor
    except ValueError as error:
        state["input_refused"] = f"{name} = {str(raw)[:40]} was not used. {error}"
        return
    state["given"] = given.render(found | {name: new})


def hint() -> str:
    """What to look for in the preset; nothing once its program was changed."""
    title = st.session_state["graph"]
    unchanged = st.session_state["program"].strip() == PRESETS[title].text.strip()
    return f"**{title}**: {PRESETS[title].look}" if unchanged else ""
