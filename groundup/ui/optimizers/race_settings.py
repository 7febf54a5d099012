"""From the controls of the optimizers' race to a plan: presets, start, each racer's settings."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from groundup.optimizers import catalogue
from groundup.optimizers.race import Plan
from groundup.optimizers.racers import LANDSCAPES, Landscape, RacePreset, Racer, presets, racers
from groundup.ui.components import messages
from groundup.ui.controls.declaration import Control
from groundup.ui.controls.heard import one_of
from groundup.ui.controls.widgets import control, declared, value
from groundup.ui.optimizers.state import RaceState
from groundup.ui.settings.optimizers import CONTROLS, SAME, key, racer_controls, rate
from groundup.ui.state import is_stored, page_state, put, stored

# What the learner does


def landscape_changed() -> None:
    """Another landscape begins at its own start, and wants a learning rate of its own."""
    put(_suited(LANDSCAPES[value("landscape")]))


def _suited(ground: Landscape) -> dict[str, float]:
    """What the controls begin with that depend on the landscape."""
    x, y = map(float, ground.start)
    return {"from_x": x, "from_y": y, "shared_lr": ground.rate}


def start_at(place: tuple[float, float]) -> None:
    """Put the start at ``place``, as near as its bounds allow."""
    for own_key, at in zip(("from_x", "from_y"), place, strict=True):
        limits = declared()[own_key]
        if math.isfinite(at):
            put({own_key: round(min(max(float(at), limits.low), limits.high), 3)})


def preset_menu() -> None:
    """The presets; picking one sets the controls, and that races."""
    titles = [preset.title for preset in presets()]
    icon = ":material/auto_awesome:"
    st.menu_button("Ready-made", titles, key="ready", on_click=_take, icon=icon, width="stretch")


def _take() -> None:
    title = one_of(stored("ready"), [preset.title for preset in presets()])
    preset = next((preset for preset in presets() if preset.title == title), None)
    if preset is None:
        return
    for declaration in CONTROLS:
        _put(declaration, preset.settings.get(declaration.key, declaration.default))
    page_state(RaceState).preset = preset.title


def _put(declaration: Control, value: Any) -> None:
    wanted = (
        str(value).split(", ")
        if declaration.kind == "several"
        else type(declaration.default)(value)
    )
    put({declaration.key: wanted})
    page_state(RaceState).settings[declaration.key] = wanted


def _back(racer: Racer) -> None:
    for declaration in (rate(racer), *racer_controls(racer)):
        _put(declaration, declaration.default)


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
    declaration = declared()["racers"]
    default = str(declaration.default).split(", ")
    linked = st.query_params.get_all("racers")
    chosen = stored("racers", linked)
    return chosen if declaration.allows(chosen) else default


def _settings_of(racer: Racer) -> None:
    st.caption(f"`torch.optim.{racer.optimizer}`, as its signature has it:")
    listed = [*([] if _shared() else [rate(racer)]), *racer_controls(racer)]
    for row in range(0, len(listed), 3):
        for column, declaration in zip(st.columns(3), listed[row : row + 3], strict=False):
            with column:
                _remember(declaration)
    said, title = _refused(racer)
    if said:
        st.warning(messages.plain(said), title=title, icon=":material/block:")
    st.button("Back to the defaults", key=f"back_{racer.key}", on_click=_back, args=(racer,))


def _remember(declaration: Control) -> None:
    """A control that keeps its value while its racer is out of the race."""
    remembered = page_state(RaceState).settings
    if (
        declaration.key in remembered
        and not is_stored(declaration.key)
        and declaration.key not in st.query_params
    ):
        put({declaration.key: remembered[declaration.key]})
    remembered[declaration.key] = control(declaration.key)


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
    return bool(value("rates") == SAME)


def _read(racer: Racer) -> dict[str, catalogue.Value]:
    """The racer's settings as its controls have them.

    Raises:
        ValueError: for an optional number that is none, in a sentence.
    """
    numbers: dict[str, catalogue.Value] = {}
    for hyperparameter in racer.hyperparameters:
        chosen = value(key(racer, hyperparameter.key))
        if hyperparameter.kind is str:
            chosen = None if chosen == "None" else chosen
        elif hyperparameter.optional:
            chosen = hyperparameter.read(str(chosen))
        numbers[hyperparameter.key] = chosen
    return numbers


def _readable(racer: Racer) -> dict[str, catalogue.Value]:
    try:
        return _read(racer)
    except ValueError:
        return racer.defaults


def _rate(racer: Racer) -> float:
    return float(value("shared_lr") if _shared() else value(key(racer, "lr")))


def _refused(racer: Racer) -> tuple[str, str]:
    """What is wrong with the racer's settings, if anything is, and whose words these are."""
    try:
        arguments = catalogue.arguments(racer.optimizer, _read(racer))
    except ValueError as error:
        return str(error), "This cannot be used"
    return catalogue.refusal(racer.optimizer, arguments, _rate(racer)), "torch refuses this"


def plan_of_controls() -> Plan:
    """The race that the controls describe."""
    chosen = tuple(racers()[name] for name in _racing())
    return Plan(
        LANDSCAPES[value("landscape")],
        (float(value("from_x")), float(value("from_y"))),
        int(value("race_steps")),
        chosen,
        {racer.name: _rate(racer) for racer in chosen},
        {racer.name: _readable(racer) for racer in chosen},
        int(value("seed")),
        str(value("device")),
    )


def hint() -> str:
    """What to look for in the preset that the controls stand at; empty if they stand at none."""
    taken = page_state(RaceState).preset
    chosen = next((preset for preset in presets() if preset.title == taken), None)
    if chosen and all(
        _matches(declaration, chosen) for declaration in CONTROLS if is_stored(declaration.key)
    ):
        return chosen.said
    return ""


def _matches(declaration: Control, preset: RacePreset) -> bool:
    wanted = preset.settings.get(declaration.key, declaration.default)
    wanted = wanted.split(", ") if declaration.kind == "several" else wanted
    return declaration.key in {"race_by", "watched"} or bool(value(declaration.key) == wanted)
