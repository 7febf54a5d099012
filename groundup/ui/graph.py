"""The computation-graph page's pieces: program and inputs, the picture, its player, its clicks."""

from __future__ import annotations

from typing import Any

import streamlit as st

from groundup import given, story
from groundup.figures import graph as figures
from groundup.figures.theme import Palette, palette
from groundup.naming import choices, chosen_from, line_of, on_line
from groundup.presets import PRESETS
from groundup.program import ProgramError, check
from groundup.recording import Recording, record
from groundup.script import Input, write
from groundup.ui.code_panel import code_panel
from groundup.ui.component import component
from groundup.ui.controls import control

SECONDS = 1.2
"""Between two steps while Play is on."""

_picture = component("graph_picture")


@st.cache_data(max_entries=100, show_spinner=False)
def recorded(text: str, line: str) -> Recording:
    """The recording of a program with inputs in one line; a ValueError if there can be none."""
    program = check(text)
    return record(write(program, given.complete(given.parse(line), program.inputs)))


def hear() -> None:
    """Take up what was clicked, and Play's last tick, before any widget shows its value."""
    state = st.session_state
    if "moment_next" in state:
        state["moment"] = state.pop("moment_next")
    last: Recording | None = state.get("graph_shown")
    node, line = _clicked("graph_picture", "node"), _clicked("graph_code", "line")
    if last and (node or line):
        key = chosen_from(last, str(node)) if node else on_line(last, int(line))
        state["chosen"] = key if key in choices(last) else None


def _clicked(key: str, what: str) -> Any:
    return (st.session_state.get(key) or {}).get(what)


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
    for key in ("moment", "moment_next", "chosen"):
        st.session_state.pop(key, None)
    st.session_state["playing"] = False


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


def recording() -> Recording | None:
    """The recording of what is typed; where that cannot run, a sentence and the last one."""
    state = st.session_state
    if refused := state.pop("input_refused", ""):
        st.warning(refused, icon=":material/edit_off:")
    try:
        state["graph_shown"] = recorded(state["program"], state["given"])
    except ProgramError as error:
        kept = " The picture still shows the last program that ran." if _shown() else ""
        st.error(f"{error}{kept}", icon=":material/edit_off:")
    except ValueError as error:
        st.error(f"The inputs are not used: {error}", icon=":material/edit_off:")
    return _shown()


def _shown() -> Recording | None:
    shown: Recording | None = st.session_state.get("graph_shown")
    return shown


def player(seen: Recording) -> int:
    """Back, step, play and a slider over the moments; return the moment to show."""
    last = len(seen.moments) - 1
    forward = max(i for i, m in enumerate(seen.moments) if m.kind != "backward")
    state = st.session_state
    state["moment"] = min(max(state.get("moment", _linked(forward)), 0), last)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _button("Back", "skip_previous", -1, disabled=state["moment"] == 0)
        _button("Step", "skip_next", 1, disabled=state["moment"] == last)
        playing = state.get("playing", False)
        st.button(
            "Pause" if playing else "Play",
            key="play",
            icon=":material/pause:" if playing else ":material/play_arrow:",
            on_click=_play,
            args=(last,),
            type="primary",
        )
        if last:
            st.slider(
                f"Step 0 to {last}: forward until {forward}, then backward",
                0,
                last,
                key="moment",
                bind="query-params",
                label_visibility="collapsed",
            )
    return int(state["moment"])


def _linked(default: int) -> int:
    """The moment in a shared link."""
    raw = st.query_params.get("moment", "")
    return int(raw) if raw.isdecimal() and len(raw) < 6 else default


def _button(label: str, icon: str, by: int, disabled: bool) -> None:
    icon = f":material/{icon}:"
    st.button(label, key=label.lower(), icon=icon, on_click=_go, args=(by,), disabled=disabled)


def _go(by: int) -> None:
    st.session_state["moment"] += by
    st.session_state["playing"] = False


def _play(last: int) -> None:
    state = st.session_state
    state["playing"] = not state.get("playing", False)
    if state["playing"] and state["moment"] >= last:
        state["moment"] = 0


def tick(seen: Recording) -> None:
    """The clock that Play runs by. To be placed last on the page, as its reruns cut that off."""
    if not st.session_state.get("playing"):
        return
    first = [True]

    def ticked() -> None:
        if first.pop() if first else False:
            return
        here = st.session_state["moment"]
        st.session_state["moment_next"] = min(here + 1, len(seen.moments) - 1)
        st.session_state["playing"] = here + 1 < len(seen.moments) - 1
        st.rerun()

    st.fragment(ticked, run_every=SECONDS)()


def dark() -> bool:
    """Whether the page is dark."""
    return st.context.theme.type == "dark"


def picture(seen: Recording, moment: int) -> None:
    """The graph at ``moment``, whose nodes can be clicked on."""
    colours = palette(dark())
    view = "autograd" if "autograd" in st.session_state["view"] else "mathematics"
    count = figures.size(seen, view)
    with st.container(key="graph_holder", gap="small"):
        if view == "autograd" and not seen.nodes:
            st.info("Autograd recorded nothing: no input has requires_grad on.")
            return
        if count > figures.MOST_DRAWN:
            _summary(seen, view, count)
            return
        drawn = drawing(seen, view, moment, colours)
        with st.container(height=360, border=True, horizontal_alignment="center"):
            st.graphviz_chart(drawn, alt=_alt(seen, moment, view))
        _picture(
            key="graph_picture",
            data={
                "holder": "graph_holder",
                "name": "graph.svg",
                "ground": colours.ground,
                "look": _running(seen, moment, view),
                "hint": "Click a node or a line of code to see which belongs to which.",
            },
            on_node_change=_nothing,
        )


def _running(seen: Recording, moment: int, view: str) -> str:
    """The key of the node that this moment is about, to be scrolled to."""
    here = seen.moments[moment]
    if here.kind != "backward":
        return on_line(seen, here.line) if view == "mathematics" else ""
    node = seen.visits[here.visits - 1].node
    return node if view == "autograd" else chosen_from(seen, node)


def drawing(seen: Recording, view: str, moment: int, colours: Palette) -> str:
    """The DOT text of the picture."""
    draw = figures.autograd if view == "autograd" else figures.mathematics
    state = st.session_state
    look = figures.Look(
        moment, colours, state.get("chosen") or "", state["saved_tensors"], state["across"]
    )
    return str(draw(seen, look).source)


def _summary(seen: Recording, view: str, count: int) -> None:
    st.info(
        f"This graph has {count} nodes; up to {figures.MOST_DRAWN} can be drawn readably. "
        "Here is what it is made of. Stepping and the gradients work all the same."
    )
    counts = figures.summary(seen, view)
    st.dataframe({"what": list(counts), "how often": list(counts.values())}, height=280)


def _alt(seen: Recording, moment: int, view: str) -> str:
    told = story.story(seen, moment)
    return f"{view}: {told.headline.replace('`', '')}. {' '.join(told.lines).replace('`', '')}"


def _nothing() -> None:
    """Streamlit gives a component's result only the attributes that have a callback."""


def closer(seen: Recording) -> str:
    """Choose a tensor or node by its name; return its key ("" for none)."""
    known = choices(seen)
    if st.session_state.get("chosen") not in known:
        st.session_state["chosen"] = None
    st.selectbox(
        "Look closer at",
        list(known),
        index=None,
        key="chosen",
        format_func=lambda key: known.get(key, key),
        placeholder="a tensor or a node",
    )
    return st.session_state["chosen"] or ""


def code(seen: Recording, moment: int, chosen: str) -> None:
    """The script, the running line and the chosen one."""
    here = seen.moments[moment]
    failed = seen.failure.line if seen.failure and moment == len(seen.moments) - 1 else None
    line = line_of(seen, chosen)
    code_panel(
        seen.script.text,
        key="graph_code",
        running=here.line or None,
        changed=[line] if line else [],
        failed=failed,
        look=seen.script.lines.start,
        height=270,
        pick=True,
    )


def told(seen: Recording, moment: int) -> None:
    """What happens now, under the picture."""
    now = story.story(seen, moment)
    st.markdown("  \n".join([f"**{_bold(now.headline)}**", *now.lines]))
    if seen.failure and moment == len(seen.moments) - 1:
        st.error(seen.failure.message, title=f"Line {seen.failure.line}: {seen.failure.kind}")
    for notice in seen.notices:
        st.warning(f"Line {notice.line}: {notice.message}")


def _bold(text: str) -> str:
    # Markdown cannot be bold across code.
    return text.replace("*", "\\*") if "`" not in text else text


__all__ = ["begin", "control"]
