"""From the controls of the optimizers' race to a plan: presets, start, each racer's settings."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from groundup.optimizers import catalogue
from groundup.optimizers.race import Plan
from groundup.optimizers.racers import LANDSCAPES, Landscape, Preset, Racer, presets, racers
from groundup.ui.components import messages
from groundup.ui.controls.declaration import Control
from groundup.ui.controls.widgets import control, declared
from groundup.ui.optimizers.state import RaceState
from groundup.ui.settings.optimizers import CONTROLS, SAME, key, own, rate
from groundup.ui.state import held, is_held, page_state, put

# What the learner does


def landscape_changed() -> None:
    """Another landscape begins at its own start, and wants a learning rate of its own."""
    put(_suited(LANDSCAPES[held("landscape")]))


def _suited(ground: Landscape) -> dict[str, float]:
    """What the controls begin with that depend on the landscape."""
    x, y = map(float, ground.start)
    return {"from_x": x, "from_y": y, "shared_lr": ground.rate}


def start_at(place: tuple[float, float]) -> None:
    """Put the start at ``place``, as near as its bounds allow."""
    for own_key, value in zip(("from_x", "from_y"), place, strict=True):
        limits = declared()[own_key]
        if math.isfinite(value):
            put({own_key: round(min(max(float(value), limits.low), limits.high), 3)})


def preset_menu() -> None:
    """The presets; picking one sets the controls, and that races."""
    titles = [one.title for one in presets()]
    icon = ":material/auto_awesome:"
    st.menu_button("Ready-made", titles, key="ready", on_click=_take, icon=icon, width="stretch")


def _take() -> None:
    one = next(one for one in presets() if one.title == held("ready"))
    for this in CONTROLS:
        _put(this, one.settings.get(this.key, this.default))
    page_state(RaceState).preset = one.title


def _put(this: Control, value: Any) -> None:
    wanted = str(value).split(", ") if this.kind == "several" else type(this.default)(value)
    put({this.key: wanted})
    page_state(RaceState).settings[this.key] = wanted


def _back(racer: Racer) -> None:
    for this in (rate(racer), *own(racer)):
        _put(this, this.default)


# Controls that are more than one widget


def pace() -> None:
    """The learning rate of all, if they share one."""
    if _shared():
        control("shared_lr", default=_suited(_ground())["shared_lr"])
    else:
        st.caption("Each has its own learning rate: see **Racers**.")


def settings() -> None:
    """Who races, from where, how far; and for each what torch's signature lets one set."""
    control("racers")
    for row in (("race_steps", "from_x", "from_y"), ("rates", "watched")):
        for column, name in zip(st.columns(len(row)), row, strict=True):
            with column:
                control(name, default=_suited(_ground()).get(name))
    tabs = st.tabs(_racing())
    for tab, name in zip(tabs, _racing(), strict=True):
        with tab:
            _settings_of(racers()[name])
    _left_out()


def _racing() -> list[str]:
    """The racers chosen, read before their control is made."""
    this = declared()["racers"]
    default = str(this.default).split(", ")
    linked = st.query_params.get_all("racers")
    chosen = held("racers", linked or default)
    return [name for name in chosen if name in racers()][: int(this.high)] or default


def _settings_of(racer: Racer) -> None:
    st.caption(f"`torch.optim.{racer.optimizer}`, as its signature has it:")
    listed = [*([] if _shared() else [rate(racer)]), *own(racer)]
    for row in range(0, len(listed), 3):
        for column, this in zip(st.columns(3), listed[row : row + 3], strict=False):
            with column:
                _kept(this)
    if said := _refused(racer):
        st.warning(messages.plain(said), title="torch refuses this", icon=":material/block:")
    st.button("Back to the defaults", key=f"back_{racer.key}", on_click=_back, args=(racer,))


def _kept(this: Control) -> None:
    """A control that keeps its value while its racer is out of the race."""
    kept = page_state(RaceState).settings
    if this.key in kept and not is_held(this.key) and this.key not in st.query_params:
        put({this.key: kept[this.key]})
    kept[this.key] = control(this.key)


def _left_out() -> None:
    left = " ".join(
        f"**{n}**: “{messages.plain(said)}”" for n, said in catalogue.left_out().items()
    )
    st.caption(
        f"Every optimizer of torch.optim that can learn two single numbers is here. Left out, in "
        f"torch's own words: {left}. The arguments {', '.join(catalogue.TECHNICAL)} are left out "
        "as well: they change how it is computed or turn the search uphill."
    )


# From controls to a race


def _ground() -> Landscape:
    return LANDSCAPES[value("landscape")]


def _shared() -> bool:
    return bool(held("rates", SAME) == SAME)


def value(key: str) -> Any:
    """What the control called ``key`` holds; its default, where that could not be used."""
    this = declared()[key]
    found = held(key, this.default)
    text = str(found).lower() if isinstance(found, bool) else str(found)
    return this.default if this.refusal(text) else found


def _read(racer: Racer) -> dict[str, catalogue.Value]:
    """The racer's settings as its controls have them.

    Raises:
        ValueError: for an optional number that is none, in a sentence.
    """
    found: dict[str, catalogue.Value] = {}
    for one in racer.hyperparameters:
        chosen = value(key(racer, one.key))
        if one.kind is str:
            chosen = None if chosen == "None" else chosen
        elif one.optional:
            chosen = one.read(str(chosen))
        found[one.key] = chosen
    return found


def _readable(racer: Racer) -> dict[str, catalogue.Value]:
    try:
        return _read(racer)
    except ValueError:
        return racer.defaults


def _rate(racer: Racer) -> float:
    return float(value("shared_lr") if _shared() else value(key(racer, "lr")))


def _refused(racer: Racer) -> str:
    try:
        given = catalogue.arguments(racer.optimizer, _read(racer))
    except ValueError as error:
        return str(error)
    return catalogue.refusal(racer.optimizer, given, _rate(racer))


def plan_of_controls() -> Plan:
    """The race that the controls describe."""
    chosen = tuple(racers()[name] for name in _racing())
    return Plan(
        LANDSCAPES[value("landscape")],
        (float(value("from_x")), float(value("from_y"))),
        int(value("race_steps")),
        chosen,
        {one.name: _rate(one) for one in chosen},
        {one.name: _readable(one) for one in chosen},
        int(value("seed")),
        str(value("device")),
    )


def said() -> str:
    """What to look for in the preset that the controls stand at; empty if they stand at none."""
    taken = page_state(RaceState).preset
    chosen = next((one for one in presets() if one.title == taken), None)
    if chosen and all(_matches(this, chosen) for this in CONTROLS if is_held(this.key)):
        return chosen.said
    return ""


def _matches(this: Control, one: Preset) -> bool:
    wanted = one.settings.get(this.key, this.default)
    wanted = wanted.split(", ") if this.kind == "several" else wanted
    return this.key in {"race_by", "watched"} or bool(held(this.key) == wanted)
