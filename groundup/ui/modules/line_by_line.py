"""The nn.Module page's first two topics: the two programs side by side, and their race."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from groundup.engine import lesson
from groundup.engine.lesson import Lesson
from groundup.engine.observe import run
from groundup.engine.snapshot import number
from groundup.figures.training.player import training as training_scene
from groundup.modules.agreement import Gap, LoopComparison, race
from groundup.modules.counterparts import by_line, counterparts, lines_of
from groundup.ui.components import messages
from groundup.ui.components.code_panel import clicked_line, code_panel
from groundup.ui.components.player_panel import player
from groundup.ui.controls.heard import heard
from groundup.ui.modules.state import ModulesState
from groundup.ui.state import page_state, put

SIDES = {"by_hand": "From scratch", "by_module": "With nn.Module and torch.optim"}
PANELS = ("side_by_hand", "side_by_module")
"""The names in a link of their code panels."""


# Line by line


def hear_clicks() -> None:
    """Take up a click on a line before the control that it moves is made."""
    for side, text in page_state(ModulesState).sides.items():
        line = clicked_line(heard(f"side_{side}", "line"), text)
        if line and (counterpart := by_line(text, side).get(line)):
            put({"piece": counterpart.name})


def moved(part: str) -> None:
    """What became of the lines of ``part``."""
    said = next(counterpart.said for counterpart in counterparts() if counterpart.name == part)
    st.info(said, icon=":material/conversion_path:")


def side_by_side(by_hand: Lesson, by_module: Lesson, part: str) -> None:
    """Both texts, with the lines of ``part`` lit, and what each printed."""
    texts = {"by_hand": by_hand.text, "by_module": by_module.text}
    page_state(ModulesState).sides = texts
    for column, (side, text) in zip(st.columns(2, gap="medium"), texts.items(), strict=True):
        lit = lines_of(text, side, part)
        with column:
            st.markdown(f"**{SIDES[side]}** · {_counted(len(lit))}")
            code_panel(text, key=f"side_{side}", lit=lit, height=340, pick=True, steps=True)
            st.caption("It ran. The end of what it printed:")
            messages.printed(_last_printed(text))


def _counted(lines: int) -> str:
    return {0: "no line does this", 1: "1 line does this"}.get(lines, f"{lines} lines do this")


@st.cache_data(show_spinner=False, max_entries=32)
def _last_printed(text: str) -> str:
    """What the script prints after its loop."""
    return run(text).output.strip().rpartition("\n\n")[2]


# The proof


def proof(chosen: Mapping[str, Any], pressed: bool) -> None:
    """Both programs from one start on one set of examples: curves and largest differences.

    The first visit runs by itself; after that, changed settings wait until ``pressed``.
    """
    state = page_state(ModulesState)
    if pressed or state.raced is None:
        state.raced, state.races = dict(chosen), state.races + 1
    raced = state.raced
    left, right = st.columns([1.35, 1], gap="medium")
    with left:
        _picture(raced, state.races, stale=raced != chosen)
    with right:
        _table({name: value for name, value in raced.items() if name != "optimizer"})
        _downloads(raced)


def _pair(settings: Mapping[str, Any]) -> tuple[Lesson, Lesson]:
    return lesson.load("training_loop").set(**settings), lesson.load("nn_module").set(**settings)


@st.cache_data(show_spinner=False, max_entries=32)
def _raced(by_hand: str, by_module: str, settings: Mapping[str, Any]) -> LoopComparison:
    """The race of the two texts, which ``settings`` made; keyed by all three."""
    return race(*_pair(settings))


def _race(settings: Mapping[str, Any]) -> LoopComparison:
    by_hand, by_module = _pair(settings)
    return _raced(by_hand.text, by_module.text, dict(settings))


def _picture(settings: Mapping[str, Any], order: int, *, stale: bool) -> None:
    comparison = _race(settings)
    by_hand, by_module = (
        training_scene(
            columns,
            x=comparison.x,
            y=comparison.y,
            start=comparison.start,
            epochs=len(columns["loss"]),
            name=name,
        )
        for columns, name in zip(comparison.columns, ("by hand", "nn.Module"), strict=True)
    )
    player(
        {**by_hand, "runs": by_hand["runs"] + by_module["runs"]},
        key="proof_player",
        identity=repr(sorted(settings.items())),
        order=order,
        at=0,
        play=True,
        said={
            "start": "Two runs from one start: by hand (solid) and with nn.Module (dashed).",
            "end": _ended(comparison),
            "diverged": _overflowed(*comparison.overflows),
        }
        | ({"instead": "The settings changed: press Run both."} if stale else {}),
    )


def _ended(comparison: LoopComparison) -> str:
    if comparison.apart:
        *others, last = comparison.apart
        parted = " and ".join([*[", ".join(others)] * bool(others), last])
        return f"The two lines differ visibly, in {parted}. The table says by how much."
    return "The dashed line lies on the solid one all the way. The table says how exactly."


def _overflowed(by_hand: int | None, by_module: int | None) -> str:
    if by_hand == by_module:
        return f"Both overflow at epoch {by_hand}: both take the same steps, which are too long."
    when = ("never" if at is None else f"at epoch {at}" for at in (by_hand, by_module))
    return (
        "By hand it overflows {}, with nn.Module {}: both take the same steps, which are too long."
    ).format(*when)


def _table(settings: Mapping[str, Any]) -> None:
    st.markdown("**Largest difference over all epochs**", help=_ULP)
    st.caption(_setting(settings))
    rows = []
    with st.spinner("Running all four, both ways…", show_time=True):
        for name in lesson.load("nn_module").parameters["optimizer"].options:
            comparison = _race({**settings, "optimizer": name})
            rows.append({"optimizer": name} | {n: _gap(g) for n, g in comparison.gaps.items()})
    st.table(rows, border="horizontal", width="stretch")
    st.caption(
        "Only rounding: torch.optim does the same arithmetic in other steps, so a last digit "
        "may differ."
    )


def _setting(settings: Mapping[str, Any]) -> str:
    """What both runs trained on, and from where."""
    true_b, true_w, start_w, start_b, noise = (
        number(settings[name]) for name in ("true_b", "true_w", "start_w", "start_b", "noise")
    )
    return (
        f"{settings['points']} points around y = {true_w}·x + {true_b} (noise {noise}, seed "
        f"{settings['seed']}); every run starts at w = {start_w}, b = {start_b}."
    )


_ULP = (
    "An ulp is the distance from one float32 to the next larger one, here from the largest loss "
    "(or w, or b) of the two runs. It is in about the 7th digit."
)


def _gap(gap: Gap) -> str:
    if not gap.largest:
        return "0.0"
    return f"{number(gap.largest, 2)}  \n{number(gap.ulps, 2)} ulp"


def _downloads(settings: Mapping[str, Any]) -> None:
    with st.popover("Take home", icon=":material/download:"):
        for side, title in zip(_pair(settings), SIDES.values(), strict=True):
            name, kind = f"{side.name}.py", "text/x-python"
            st.download_button(f"{title} (.py)", side.text, name, kind, key=f"py_{side.name}")
