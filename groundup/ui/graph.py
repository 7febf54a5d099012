"""The computation-graph page's run: its picture, its player, its code, and what is clicked."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import streamlit as st

from groundup import given, story
from groundup.figures import graph as figures
from groundup.figures.theme import Palette, palette
from groundup.naming import choices, chosen_from, line_of, on_line
from groundup.program import ProgramError, check
from groundup.recording import Recording, record
from groundup.script import write
from groundup.ui import messages
from groundup.ui.code_panel import code_panel
from groundup.ui.component import delivered, delivery

SECONDS = 1.2
"""Between two steps while Play is on."""

_picture = delivered("graph_picture")
_code = delivery("graph_picture")


@st.cache_data(max_entries=40, ttl=1800, show_spinner=False)
def recorded(text: str, line: str) -> Recording:
    """The recording of a program with inputs in one line; a ValueError if there can be none."""
    program = check(text)
    return record(write(program, given.complete(given.parse(line), program.inputs)))


def deliver() -> None:
    """Bring the picture's code to the browser; it is invisible."""
    _code(key="graph_picture_code")


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
    moment = state.get("moment", _linked(forward))
    state["moment"] = forward if moment is None else min(max(moment, 0), last)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _button("Back", "skip_previous", -1, disabled=state["moment"] == 0)
        _button("Step", "skip_next", 1, disabled=state["moment"] == last)
        playing = state.get("playing", False)
        st.button(
            "Pause" if playing else "Play",
            key="graph_play",
            shortcut="P",
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
                # What a link leaves out; step 0 it has to hold.
                value=forward,
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
    key, shortcut = f"graph_{label.lower()}", label[0]
    st.button(
        label,
        key=key,
        icon=icon,
        shortcut=shortcut,
        on_click=_go,
        args=(by,),
        disabled=disabled,
    )


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
        _draw(seen, view, moment, colours)


def _draw(seen: Recording, view: str, moment: int, colours: Palette) -> None:
    """Hand the browser the graph, which it lays out once, and what it looks like now."""
    now = drawn(seen, view, moment, colours, st.session_state.get("chosen") or "")
    _picture(
        key="graph_picture",
        data={
            "graph": {
                "across": st.session_state["across"],
                "back": now.back,
                "nodes": now.nodes,
                "edges": now.edges,
            },
            "nodes": now.node_paint,
            "edges": now.edge_paint,
            "colours": asdict(colours),
            "name": f"{view}.svg",
            "look": _running(seen, moment, view),
            "alt": _alt(seen, moment, view),
            "hint": "Click a node, or a line of code.",
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


def drawn(seen: Recording, view: str, moment: int, colours: Palette, chosen: str) -> figures.Drawn:
    """The picture and its paint, as the page's switches want it."""
    state = st.session_state
    look = figures.Look(moment, colours, chosen, state["saved_tensors"])
    return figures.draw(seen, view, look)


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
        bind="query-params",
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
    st.markdown("  \n".join([f"**{now.headline}**", *now.lines]))
    if moment == len(seen.moments) - 1:
        messages.failed(seen.failure)
    messages.warned(seen.notices)
