"""The computation-graph page's program and inputs, as the learner writes them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import streamlit as st

from groundup.graph import input_line
from groundup.graph.presets import PRESETS
from groundup.graph.script import MAX_INPUT_ELEMENTS, Input
from groundup.graph.typed import inputs_of
from groundup.ui.components.component import component
from groundup.ui.controls.heard import heard
from groundup.ui.controls.link import printable
from groundup.ui.controls.widgets import by_hand, declared, say_refused, value
from groundup.ui.graph.state import GraphState
from groundup.ui.state import came_back, is_stored, page_state, part_in_link, put, stored

_matrix = component("graph/matrix")


def ready() -> None:
    """See that there is a program with inputs, before it is recorded and before its boxes stand.

    The boxes take up a link, to which Back may have led too, only where they stand.
    """
    preset = PRESETS[value("graph")]
    for key, begins in (("program", preset.text), ("given", preset.inputs)):
        if not is_stored(key) or came_back():
            said = st.query_params.get(key) or begins
            put({key: said})
            if came_back():
                # Else Streamlit would empty the box, where the link to which Back led has none.
                part_in_link(key, [said])


def program_box() -> None:
    """The text of the program."""
    st.text_area(
        "Your program",
        key="program",
        bind="query-params",
        height=_tall("program", 3),
        max_chars=declared()["program"].longest,
        on_change=_start_again,
        help="PyTorch as you write it: `y = exp(x) * w`, `x[0]`, `nn.Linear(2, 1)`, `for`, `def`, "
        "`y.backward()`, `print(x.grad)`. A name that you read and never assign becomes an input. "
        "Ctrl+Enter runs it.",
    )
    say_refused("program", moved=value("program") != PRESETS[value("graph")].text)


def _tall(key: str, lines: int) -> int:
    """How many pixels show a text, and ``lines`` at least; a long one scrolls."""
    text: str = value(key)
    return min(24 + 24 * max(text.strip().count("\n") + 1, lines), 170)


def begin() -> None:
    """A preset was chosen: take its program and inputs."""
    preset = PRESETS[value("graph")]
    put({"program": preset.text, "given": preset.inputs})
    _start_again()


def _start_again() -> None:
    """What was chosen belonged to the program before."""
    put({"chosen": None})


def inputs() -> None:
    """A slider or a matrix for each input that the program reads, and its requires_grad."""
    entries = _entries()
    wide = any(_columns(entry) > 2 for entry in entries.values())
    columns = st.columns(2 if wide or len(entries) < 3 else 3, gap="small")
    for place, (name, entry) in enumerate(entries.items()):
        with columns[place % len(columns)]:
            _input(name, entry)


def _entries() -> dict[str, Input]:
    """The inputs; while the program or their line is refused, those that were there before."""
    state = page_state(GraphState)
    with suppress(ValueError):
        names = inputs_of(value("program"))
        state.inputs = input_line.complete(input_line.parse(value("given")), names)
    return state.inputs


def _columns(entry: Input) -> int:
    """How many numbers stand side by side in a row."""
    return entry.tensor.shape[-1] if entry.tensor.dim() else 0


def inputs_box() -> None:
    """All the inputs as text: for a link, or to make a matrix of a number.

    Never to stand in a popover: a closed one is not on the page, so the browser hears of no new
    value there, and says the old one, or none, at the next press.
    """
    declaration = declared()["given"]
    # A box for one line would bring eight more of Streamlit's files to a first visit.
    st.text_area(
        declaration.label,
        key="given",
        bind="query-params",
        height=_tall("given", 2),
        max_chars=declaration.longest,
        help="`a=2; W=[[1, 2], [3, 4]]; t=1 fixed`, or each on a line; fixed means "
        "requires_grad=False.",
    )
    say_refused("given", moved=value("given") != PRESETS[value("graph")].inputs)


def _input(name: str, entry: Input) -> None:
    learns = f"learns_{name}"
    put({learns: entry.requires_grad})
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.toggle(f"{name} grad", key=learns, on_change=by_hand(_switched), args=(name,))
        if not entry.tensor.dim():
            _make_list(name, entry)
    if not entry.tensor.dim():
        _slider(name, float(entry.tensor))
    elif entry.tensor.dim() <= 2:
        _cells(name, entry)
    else:
        _as_text(name, entry)


def _make_list(name: str, entry: Input) -> None:
    st.button(
        f"{name} as a list",
        key=f"list_{name}",
        icon=":material/grid_on:",
        type="tertiary",
        help=f"Make {name} a list of numbers, which can grow into a matrix.",
        on_click=_take,
        args=(name, [entry.value]),
    )


def _slider(name: str, number: float) -> None:
    key = f"slider_{name}"
    put({key: number})
    moved: dict[str, Any] = {"on_change": by_hand(_moved), "args": (name, key)}
    low, high = min(-5.0, number), max(5.0, number)
    st.slider(name, low, high, step=0.1, key=key, label_visibility="collapsed", **moved)


def _cells(name: str, entry: Input) -> None:
    """The numbers in a grid."""
    key = f"cells_{name}"

    def typed() -> None:
        said = heard(key, "value")
        _take(name, said, shown=printable(str(said)))

    data = {"name": name, "value": entry.value, "most": MAX_INPUT_ELEMENTS}
    _matrix(key=key, data=data, on_value_change=typed)


def _as_text(name: str, entry: Input) -> None:
    """What has more than two dimensions, for which a screen has no grid."""
    key = f"text_{name}"
    put({key: input_line.written(entry.value)})
    moved: dict[str, Any] = {"on_change": _moved, "args": (name, key)}
    st.text_input(name, key=key, label_visibility="collapsed", **moved)


def _moved(name: str, key: str) -> None:
    raw = stored(key)
    _take(name, input_line.read(raw) if isinstance(raw, str) else raw, shown=str(raw))


def _switched(name: str) -> None:
    _take(name)


def _take(name: str, new: Any = None, shown: str = "") -> None:
    """Write an input's ``new`` value, if one is given, and its switch into the line of inputs."""
    try:
        names = inputs_of(value("program"))
        entries = input_line.complete(input_line.parse(value("given")), names)
        unchanged = new is None and not shown
        taken = entries[name].value if unchanged else input_line.checked(new)
        entry = Input(taken, stored(f"learns_{name}", True))
        _ = entry.tensor
    except (ValueError, KeyError) as error:
        typed = printable(shown or str(new), 40)
        page_state(GraphState).refused = f"{name} = {typed} was not used. {error}"
        return
    put({"given": input_line.render(entries | {name: entry}, like=value("given"))})


def hint() -> str:
    """What to look for in the preset; nothing once its program or its inputs were changed."""
    title, preset = value("graph"), PRESETS[value("graph")]
    unchanged = value("program").strip() == preset.text.strip() and value("given") == preset.inputs
    return f"**{title}**: {preset.look}" if unchanged else ""
