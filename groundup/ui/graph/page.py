"""The computation-graph page's run: its picture, its steps, its code, and what is clicked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

import streamlit as st

from groundup.figures.graph import drawing as figures
from groundup.figures.graph.timeline import Drawn
from groundup.figures.theme import Palette, palette
from groundup.graph import explanation, typed
from groundup.graph.naming import choices, chosen_from, line_of, on_line
from groundup.graph.recording import GraphTrace
from groundup.language.grammar import ProgramError
from groundup.ui.components import messages
from groundup.ui.components.code_panel import clicked_line, code_panel, code_part
from groundup.ui.components.component import component_code, loaded_component, nothing, texts
from groundup.ui.components.onefile import Part
from groundup.ui.components.stepping import Timeline
from groundup.ui.components.table import table
from groundup.ui.controls.heard import heard, one_of
from groundup.ui.controls.link import printable
from groundup.ui.controls.state import ControlsState, Refused
from groundup.ui.controls.widgets import by_hand, note_popover, say_refused, value
from groundup.ui.graph.state import GraphState
from groundup.ui.state import is_stored, page_state, put, stored

_PICTURE = "graph_picture"
_picture = loaded_component("graph/picture")
_code = component_code("graph/picture")


# A recording of the longest program takes about 2 MB here.
@st.cache_data(max_entries=12, ttl=1800, show_spinner=False)
def recorded(text: str, line: str) -> GraphTrace:
    """The recording of a program with inputs as text; a ValueError if there can be none."""
    return typed.record(text, line)


def load_code() -> None:
    """Bring the picture's code to the browser; it is invisible."""
    _code()


def read_player() -> None:
    """Take up what was clicked, before any widget shows its value."""
    last = page_state(GraphState).shown
    if last is None:
        return
    node = heard("graph_picture", "node")
    line = clicked_line(heard("graph_code", "line"), last.script.text)
    if isinstance(node, str) or line:
        key = chosen_from(last, node) if isinstance(node, str) else on_line(last, line or 0)
        put({"chosen": one_of(key, choices(last))})


def recording() -> tuple[GraphTrace | None, str]:
    """The recording of what is typed; where that cannot run, the last one, and a sentence."""
    state, said = page_state(GraphState), ""
    try:
        state.shown = recorded(value("program"), value("given"))
    except ProgramError as error:
        hint = "The picture still shows the last program that ran." if state.shown else ""
        said = f"{str(error).rstrip('.')}. {hint}"
    except ValueError as error:
        said = f"The inputs are not used: {error}"
    return state.shown, said


def say_not_run(why: str) -> None:
    """Say that an input was refused, and why what is typed was not recorded."""
    state = page_state(GraphState)
    if state.refused:
        st.warning(state.refused, icon=":material/edit_off:")
        state.refused = ""
    if why:
        st.error(why, icon=":material/edit_off:")


def moment(seen: GraphTrace) -> int:
    """Where in the run the learner stands, which the link shows too."""
    last, forward = len(seen.moments) - 1, _forward(seen)
    state = page_state(GraphState)
    program, linked = state.linked = state.linked or (_id(seen), _linked(forward))
    here = linked if program == _id(seen) else forward
    match heard("graph_picture", "held"):
        case {"id": str(name), "at": int(at)} if name == _id(seen):
            here = at
    here = min(max(here, 0), last)
    # A link without a step opens where the way forward ends.
    shown = {} if here == forward else {"moment": str(here)}
    say_refused("moment", moved=here != forward)
    if st.query_params.get("moment") != shown.get("moment"):
        st.query_params.pop("moment", None)
        st.query_params.update(shown)
    return here


def _forward(seen: GraphTrace) -> int:
    return max(at for at, moment in enumerate(seen.moments) if moment.kind != "backward")


def _id(seen: GraphTrace) -> str:
    """Changes with the program, and not with its inputs."""
    script = seen.script
    program = script.text.split("\n")[script.lines.start - 1 : script.lines.stop - 1]
    return hashlib.sha256("\n".join(program).encode()).hexdigest()[:16]


def _linked(default: int) -> int:
    """The moment in a shared link."""
    # The link was cleaned: what stands there is a whole number.
    return int(st.query_params.get("moment", default))


def dark() -> bool:
    """Whether the page is dark."""
    return st.context.theme.type == "dark"


def picture(seen: GraphTrace, moment: int) -> None:
    """The steps of the run, and the graph, whose nodes can be clicked on."""
    view = "autograd" if "autograd" in value("view") else "mathematics"
    count = figures.size(seen, view)
    drawable = 0 < count <= figures.MAX_DRAWN
    _picture(
        key=_PICTURE,
        data=_sent(seen, moment, view) | {"picture": _drawing(seen, view) if drawable else None},
        on_node_change=nothing,
        on_held_change=nothing,
    )
    if not count:
        st.info(_nothing(seen))
    elif not drawable:
        _summary(seen, view, count)


def _sent(seen: GraphTrace, moment: int, view: str) -> dict[str, Any]:
    return {
        "id": _id(seen),
        "opened": page_state(GraphState).opened,
        "leads": _PICTURE,
        "at": moment,
        "last": len(seen.moments) - 1,
        "forward": _forward(seen),
        "alt": _alt(seen, moment, view),
    }


def parts(seen: GraphTrace) -> Callable[[int], list[Part]]:
    """What makes the graph, where it can be drawn, and the code with its steps, for a file."""
    view = "autograd" if "autograd" in value("view") else "mathematics"
    drawable = 0 < figures.size(seen, view) <= figures.MAX_DRAWN
    # The file is made later, where no control can be asked.
    sent = _sent(seen, 0, view) | {"picture": _drawing(seen, view)} if drawable else {}
    graph = [Part("Graph", texts("graph/picture"), sent)] if drawable else []
    code = partial(code_part, seen.script.text, name="graph_code", own=seen.script.own)
    return lambda _: [*graph, code()]


def _nothing(seen: GraphTrace) -> str:
    if seen.script.root and any(item.requires_grad for item in seen.items):
        return f"Nothing that autograd recorded leads to {seen.script.root}."
    if seen.script.own and not seen.calls:
        return "Nothing called backward(), so there is no graph that it went through."
    return "Autograd recorded nothing: no input has requires_grad on."


def _drawing(seen: GraphTrace, view: str) -> dict[str, Any]:
    """The graph, which the browser lays out once, and its paint at all moments."""
    colours = palette(dark())
    made = drawn(seen, view, colours, stored("chosen") or "")
    across = value("across")
    return {
        "graph": {"across": across, "back": made.back, "nodes": made.nodes, "edges": made.edges},
        "nodes": made.node_paint,
        "edges": made.edge_paint,
        "colours": asdict(colours),
        "name": f"{view}.svg",
        "looks": [_running(seen, at, view) for at in range(len(seen.moments))],
        "hint": "Click a node, or a line of code.",
    }


def _running(seen: GraphTrace, moment: int, view: str) -> str:
    """The key of the node that this moment is about, to be scrolled to."""
    here = seen.moments[moment]
    if here.kind != "backward":
        return on_line(seen, here.line) if view == "mathematics" else ""
    node = seen.visits[here.visits - 1].node
    return node if view == "autograd" else chosen_from(seen, node)


def drawn(seen: GraphTrace, view: str, colours: Palette, chosen: str) -> Drawn:
    """The picture and its paint, as the page's switches want it."""
    return figures.draw(seen, view, figures.Look(colours, chosen, value("saved_tensors")))


def _summary(seen: GraphTrace, view: str, count: int) -> None:
    st.info(
        f"This graph has {count} nodes; up to {figures.MAX_DRAWN} are drawn. "
        "Here is what it is made of. Stepping and the gradients still work."
    )
    counts = figures.summary(seen, view)
    with st.container(height=280):
        table(("what", "how often"), counts.items())


def _alt(seen: GraphTrace, moment: int, view: str) -> str:
    told = explanation.explain(seen, moment)
    return f"{view}: {told.headline.replace('`', '')}. {' '.join(told.lines).replace('`', '')}"


def chosen_node(seen: GraphTrace) -> str:
    """Choose a tensor or node by its name; return its key ("" for none)."""
    known = choices(seen)
    linked = "" if is_stored("chosen") else st.query_params.get("chosen", "")
    # Streamlit writes into a link what the box shows.
    if linked and linked not in known.values():
        there_is_none = Refused(printable(linked), "no tensor or node of this graph has that name")
        page_state(ControlsState).refused["chosen"] = there_is_none
    # What is put takes precedence over a link, to which Back may have led.
    if stored("chosen") not in {None, *known}:
        put({"chosen": None})
    note_popover("chosen")
    st.selectbox(
        "Look closer at",
        list(known),
        index=None,
        key="chosen",
        bind="query-params",
        format_func=lambda key: known.get(key, key),
        placeholder="a tensor or a node",
        on_change=by_hand(),
    )
    chosen = one_of(stored("chosen"), known) or ""
    say_refused("chosen", moved=bool(chosen))
    return chosen


def code(seen: GraphTrace, moment: int, chosen: str) -> None:
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
        height=310,
        pick=True,
        steps=True,
        own=seen.script.own,
        timeline=_timeline(seen, moment),
    )


def _timeline(seen: GraphTrace, moment: int) -> Timeline:
    """The lines of the moments; ``backward()`` is over with the last of its visits."""
    last = len(seen.moments) - 1
    done = [here.line - (here.kind == "backward") for here in seen.moments]
    done[0] = seen.script.lines.start - 1
    if seen.moments[last].kind == "backward":
        done[last] = seen.script.backward
    if seen.failure and seen.failure.line:
        done[last] = seen.failure.line
    return Timeline(
        leader=_PICTURE,
        text=_id(seen),
        at=moment,
        lines=[here.line or None for here in seen.moments],
        done=done,
        failed=seen.failure.line if seen.failure else None,
    )


def sentences(seen: GraphTrace, moment: int) -> None:
    """What happens now, under the picture."""
    now = explanation.explain(seen, moment)
    st.markdown("  \n".join([f"**{now.headline}**", *now.lines]))
    if seen.calls > 1:
        st.caption(
            f"backward() was called {seen.calls} times; this is the graph of the first call."
        )
    if moment == len(seen.moments) - 1:
        messages.failed(seen.failure)
    messages.warned(seen.notices)
