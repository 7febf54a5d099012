"""The stage of the network builder: presets, Train, the player and the code of the very model."""

from __future__ import annotations

from functools import partial

import streamlit as st

from groundup.engine import export
from groundup.engine.lesson import Lesson
from groundup.engine.snapshot import number
from groundup.engine.text import changed_lines
from groundup.figures.modules.network import kept
from groundup.modules.network import MSE, NetworkPreset, is_regression, network_lesson, presets
from groundup.modules.network_training import NetworkTraining
from groundup.ui.components import feeding, messages
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.feeding import Feed
from groundup.ui.components.invariants import invariants
from groundup.ui.components.onefile import Part
from groundup.ui.components.player_panel import read_player
from groundup.ui.components.take_home import steps_of, take_home
from groundup.ui.controls.widgets import values
from groundup.ui.modules.network_panel import KEY, load_code, network_parts, network_player
from groundup.ui.modules.state import ModulesState
from groundup.ui.settings.nn_module import NETWORK
from groundup.ui.state import page_state, put


def lesson_of_controls() -> Lesson:
    """The network that the controls describe; where they contradict each other, with a sentence."""
    chosen = values(*(control.key for control in NETWORK), "device", "seed")
    if is_regression(chosen["data"]) and chosen["loss"] != MSE:
        st.warning(
            f"{chosen['loss']} compares classes, and {chosen['data']} has none, so MSE is used. "
            "Choose MSE under **Training**, or data with classes under **Data**.",
            icon=":material/rule:",
        )
        chosen["loss"] = MSE
    return network_lesson(chosen)


def preset_buttons() -> None:
    """A menu of presets; a press sets the controls, trains, and puts the menu away."""
    icon = ":material/auto_awesome:"
    with st.popover("Ready-made", key="ready_made", icon=icon, width="stretch", on_change="rerun"):
        # Wide enough for the longest title; a popover is as narrow as its button otherwise.
        columns = st.container(width=330).columns([1, 1.25])
        sides = zip(columns, ("To learn", "To see go wrong"), strict=True)
        for fault, (column, title) in enumerate(sides):
            with column:
                st.markdown(f"**{title}**")
                for preset in presets():
                    if preset.fault == bool(fault):
                        _preset_button(preset)


def _preset_button(preset: NetworkPreset) -> None:
    st.button(
        preset.title, key=f"preset_{preset.title}", on_click=_take, args=(preset,), width="stretch"
    )


def _take(preset: NetworkPreset) -> None:
    for control in NETWORK:
        wanted = preset.settings.get(control.parameter, control.default)
        put({control.key: type(control.default)(wanted)})
    put({"ready_made": False})
    state = page_state(ModulesState)
    state.preset, state.taken = preset.title, True


def render_builder(lesson: Lesson, pressed: bool) -> None:
    """Everything under the controls; ``pressed`` trains ``lesson``."""
    state = page_state(ModulesState)
    training = state.network_training = state.network_training or NetworkTraining(lesson)
    with training.exclusive():
        read_player(KEY, training)
        if pressed or state.taken:
            state.taken = False
            training.train(lesson)
        training.show(lesson)
        feeding.feed_player(training, KEY, partial(_builder, training, lesson))


def _builder(training: NetworkTraining, lesson: Lesson, feed: Feed) -> None:
    feed()
    picture, code = st.columns([1.25, 1], gap="medium")
    with picture:
        _picture(training, lesson)
    with code:
        _code(training, lesson)
    load_code(training)


def _picture(training: NetworkTraining, lesson: Lesson) -> None:
    if training.view:
        stale = training.lesson.text != lesson.text
        network_player(training, _sentences(training) | ({"instead": _STALE} if stale else {}))
    invariants(training.lesson, training.seen_to_end)
    messages.failed(training.run.failure)


_STALE = "The marked lines are not in this picture yet: Train runs them."


def _hint() -> bool:
    """What to look for in the preset that the controls stand at, if they stand at one."""
    title = page_state(ModulesState).preset
    chosen = next(
        (preset for preset in presets() if preset.title == title and _matches(preset)), None
    )
    if chosen:
        st.info(chosen.said, title=chosen.title, icon=":material/visibility:")
    return chosen is not None


def _matches(preset: NetworkPreset) -> bool:
    """Whether the controls still stand as ``preset`` set them."""
    now = values(*(control.key for control in NETWORK))
    return all(now[c.parameter] == preset.settings.get(c.parameter, c.default) for c in NETWORK)


def _sentences(training: NetworkTraining, every: int = 1) -> dict[str, str]:
    if not training.run.epochs:
        return {"start": _before(training.lesson), "end": "", "diverged": ""}
    return {
        "start": "Before the first step: this is what its initial numbers answer.",
        # Until then it would change with each piece, and the player be sent anew for its sake.
        "end": _summed_up(training, every) if training.complete else "",
        "diverged": "The loss is not finite any more: the steps are too long. Try a smaller "
        "learning rate, or smaller initial weights.",
    }


def _before(lesson: Lesson) -> str:
    """What the picture shows, before anything of it was trained."""
    if "nn.CrossEntropyLoss()" not in lesson.text:
        return "Train, and watch its answers change."
    return (
        "Two classes, ● and ■: the one with the higher score is the network's answer. Accuracy is "
        "the share of right answers. The test set (hollow) is kept from training."
    )


def _summed_up(training: NetworkTraining, every: int = 1) -> str:
    losses = training.run.columns["test_loss"]
    best = min(range(len(losses)), key=losses.__getitem__)
    return (
        f"The lowest test loss was {number(losses[best])}, at epoch {best}. "
        f"(Pictures of {len(kept(training.frames, every)) - 1} of the {training.total} epochs; "
        "between them the picture is blended.)"
    )


def _code(training: NetworkTraining, lesson: Lesson) -> None:
    text = lesson.text
    stale = training.lesson.text != text
    failure = training.run.failure
    hinted = _hint()
    code_panel(
        text,
        key="network_code",
        changed=changed_lines(training.lesson.text, text) if stale else (),
        failed=failure.line if failure and not stale else None,
        look=lesson.line_of("\nmodel = "),
        height=330 if hinted else 470,
        steps=True,
    )
    _downloads(training, lesson)


def _parts(training: NetworkTraining, lesson: Lesson, every: int) -> list[Part]:
    code = [*steps_of(lesson)(every)]
    shown = training.view and training.run.epochs and training.lesson.text == lesson.text
    return [*network_parts(training, _sentences(training, every), every), *code] if shown else code


def _downloads(training: NetworkTraining, lesson: Lesson) -> None:
    with st.popover("Take home", icon=":material/download:"):
        take_home(lesson, key="net", type="secondary", parts=partial(_parts, training, lesson))
        st.download_button(
            "Numbers (.csv)",
            lambda: export.to_csv(training.run.columns, training.run.each_epoch),
            "network.csv",
            "text/csv",
            key="net_csv",
            disabled=not training.run.epochs,
            help="One row for each epoch computed so far.",
        )
