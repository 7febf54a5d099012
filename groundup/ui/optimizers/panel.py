"""The stage of the optimizers' race: the player, the code of one racer, and how they all did."""

from __future__ import annotations

from functools import partial

import streamlit as st

from groundup.engine import export
from groundup.engine.snapshot import number
from groundup.figures.optimizers.race import race_scene
from groundup.optimizers.race import NEAR, Entry, Plan, Race, Result
from groundup.optimizers.racers import racers
from groundup.ui.components import feeding, messages
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.feeding import Feed
from groundup.ui.components.player_panel import read_player
from groundup.ui.components.take_home import Parts, steps_of, take_home
from groundup.ui.controls.heard import heard, one_of, place
from groundup.ui.controls.widgets import control, popover, value
from groundup.ui.optimizers import race_settings
from groundup.ui.optimizers.race_panel import KEY, load_code, race_parts, race_player
from groundup.ui.optimizers.race_settings import hint, start_at
from groundup.ui.optimizers.state import RaceState
from groundup.ui.state import page_state, put


def the_optimizers() -> None:
    """The race: its controls in a row, and everything under them."""
    ready, who, ground, pace, by = st.columns([1.3, 1, 1, 1.6, 1.4], vertical_alignment="bottom")
    with ready:
        race_settings.preset_menu()
    with ground:
        control("landscape", on_change=race_settings.landscape_changed)
    with who, popover("Racers", key="racers_menu", icon=":material/sprint:"):
        race_settings.settings()
    with pace:
        race_settings.pace()
    with by:
        control("race_by")
    _race(race_settings.plan_of_controls())


def _race(plan: Plan) -> None:
    """Everything under the controls. A changed plan races at once."""
    state = page_state(RaceState)
    race = state.race = state.race or Race(plan)
    with race.exclusive():
        read_player(KEY, race)
        race.show(plan)
        feeding.feed_player(race, KEY, partial(_drawn, race))


def _drawn(race: Race, feed: Feed) -> None:
    _after_a_click()
    feed()
    # In a container of its own, or the player would be made anew when it grows by an element.
    with st.container():
        _refusals(race)
    selected = _selected(race)
    dark = st.context.theme.type == "dark"
    picture, code = st.columns([1.25, 1], gap="medium")
    with picture:
        scene = race_scene(race, selected, value("race_by"), dark=dark)
        race_player(race, scene, hint(), _clicked)
        load_code()
    if entry := race.entry(selected):
        with code:
            _code(race, entry)
        _table(race)


def _after_a_click() -> None:
    state = page_state(RaceState)
    if state.clicked:
        state.clicked = False
        st.rerun()


def _clicked() -> None:
    """A click on the landscape is a start, one on a racer looks into it."""
    clicked = heard(KEY, "place")
    named = clicked.get("watch") if isinstance(clicked, dict) else None
    if at := place(clicked):
        start_at(at)
    elif name := one_of(named, racers()):
        put({"watched": name})
    else:
        return
    page_state(RaceState).clicked = True


def _selected(race: Race) -> str:
    """The racer to look into: the one asked for if it races, else the first."""
    names = [entry.racer.name for entry in race.entries]
    asked = value("watched")
    return asked if asked in names or not names else names[0]


def _refusals(race: Race) -> None:
    for name, words in race.refused.items():
        st.warning(
            f"{messages.plain(words)}\n\nIts settings stand under **Racers**.",
            title=f"{name} does not start: torch says",
            icon=":material/block:",
        )
    for entry in race.entries:
        if entry.run.failure or entry.run.notices:
            st.markdown(f"**{entry.racer.name}**, in PyTorch's own words:")
        messages.failed(entry.run.failure)
        messages.warned(entry.run.notices)
        if entry.run.ended:
            st.warning(f"{entry.racer.name} ended early: {entry.run.ended}.")


def _parts(race: Race, entry: Entry) -> Parts:
    """The picture of the race, and the code of the one that is looked into."""
    # The file is made later, where no control can be asked.
    dark = st.context.theme.type == "dark"
    scene = race_scene(race, entry.racer.name, value("race_by"), dark=dark)
    picture, code = race_parts(race, scene, hint()), steps_of(entry.lesson)
    return lambda every: [*picture, *code(every)]


def _code(race: Race, entry: Entry) -> None:
    text = entry.lesson.text
    at = entry.lesson.line_of("\noptimizer = ")
    st.markdown(f"**The code of {entry.racer.name}**, exactly as it ran")
    failure = entry.run.failure
    failed = failure.line if failure else None
    code_panel(text, key="race_code", lit=[at], look=at, failed=failed, height=400, steps=True)
    with st.container(horizontal=True):
        take_home(entry.lesson, key="race", parts=_parts(race, entry))
        st.download_button(
            "Numbers (.csv)",
            lambda: export.to_csv(entry.table, tuple(entry.table)),
            f"{entry.racer.key}.csv",
            "text/csv",
            key="race_csv",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )


def _table(race: Race) -> None:
    st.markdown("**How they did**, the lowest loss first")
    st.table([_row(result) for result in race.results()], border="horizontal")
    st.caption(
        f"*Arrived*: steps until the loss was within {NEAR:g} of the lowest, which is "
        f"{number(race.ground.lowest)}. In brackets: how often the loss was computed until then. "
        "*Distance* is that of the last place to the nearest lowest one."
    )


def _row(result: Result) -> dict[str, str]:
    arrived = "—" if result.arrived is None else f"{result.arrived} ({result.asked})"
    loss = (
        number(result.loss)
        if result.lost is None
        else f"{number(result.loss)}, from step {result.lost + 1}"
    )
    return {
        "racer": result.name,
        "steps": str(result.steps),
        "evaluations": f"{result.evaluations:,}",
        "loss at the end": "failed" if result.failed else loss,
        "distance": number(result.distance),
        "arrived": arrived,
    }
