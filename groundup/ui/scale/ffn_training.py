"""Training a feed-forward block on the page: Train, the player, the code and its one-line diff."""

from __future__ import annotations

import difflib
from functools import partial

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.engine.text import changed_lines
from groundup.engine.words import bytes_in_words
from groundup.figures.scale import ffn_training as pictures
from groundup.scale import ffn_training, measure, sentences
from groundup.scale.ffn_training import FfnTraining, NeuronAnswers
from groundup.ui.components import feeding, messages
from groundup.ui.components.chart import chart
from groundup.ui.components.feeding import Feed
from groundup.ui.components.invariants import invariants
from groundup.ui.components.lesson_panel import lesson_panel
from groundup.ui.components.onefile import Part
from groundup.ui.components.player_panel import loop_player
from groundup.ui.components.recordings import Room
from groundup.ui.scale.state import ScaleState
from groundup.ui.shell.presence import presence
from groundup.ui.state import page_state

_PLAYER = "ffn_player"


def wanted(hidden: str, **settings: object) -> Lesson | None:
    """The lesson under the controls; None beside a sentence why not."""
    try:
        return ffn_training.planned(int(hidden), measure.budget(), **settings)
    except ValueError as error:
        st.warning(str(error), icon=":material/memory:")
        return None


def train(planned: Lesson) -> None:
    """Everything under the controls: buttons, player and code."""
    training = page_state(ScaleState).training
    feeding.feed_player(training, _PLAYER, partial(_training, training, planned))


def _training(training: FfnTraining, planned: Lesson, feed: Feed) -> None:
    picture, code = st.columns([1.25, 1], gap="medium")
    with picture:
        _buttons(training, planned)
        feed()
        _picture(training, planned)
    with code:
        _code(training, planned)


def _code(training: FfnTraining, planned: Lesson) -> None:
    """The text, marked where it differs: from the block's for the toy, or from what ran."""
    before = training.lesson.text if training.lesson else planned.text
    if planned.settings["model"] == "toy":
        before = planned.set(model="FFN").text
    changed = changed_lines(before, planned.text)
    look = planned.line_of("loss_fn = ")
    room = room_for(planned)
    lesson_panel(
        planned,
        key="ffn_code",
        changed=changed,
        look=look,
        height=480,
        steps=True,
        room=room,
        picture=partial(_parts, training, planned),
    )


def _parts(training: FfnTraining, planned: Lesson, every: int) -> list[Part]:
    """The picture of the run for a file, where there is one of this text."""
    ran = training.lesson
    if ran is None or not training.curves or ran.text != planned.text:
        return []
    scene, said = pictures.scene(training, every), _sentences(training, ran)
    return [loop_player.part(scene, identity=ran.text, said=said)]


def room_for(planned: Lesson) -> Room:
    """Holds the memory that a recording of ``planned`` takes, beside what runs were promised."""
    return partial(measure.room, ffn_training.needed(planned), measure.budget())


def _buttons(training: FfnTraining, planned: Lesson) -> None:
    needed = bytes_in_words(ffn_training.needed(planned))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            "Train", key="ffn_train", shortcut="T", icon=":material/play_arrow:", type="primary"
        ):
            _start(training, planned)
        st.caption(f"takes about {needed}")


def _start(training: FfnTraining, planned: Lesson) -> None:
    try:
        training.train(planned, measure.budget(), presence())
    except ValueError as error:
        st.warning(str(error), icon=":material/memory:")


def _picture(training: FfnTraining, planned: Lesson) -> None:
    if training.lesson is None:
        st.info("Press **Train**: the five lines that trained two parameters train these.")
        return
    if training.curves:
        scene, text = pictures.scene(training), training.lesson.text
        loop_player.follow(
            training, scene, key=_PLAYER, identity=text, said=_sentences(training, training.lesson)
        )
    if training.lesson.text != planned.text:
        st.info("The picture is that of the former settings. **Train** runs these.")
    invariants(training.lesson, training.seen_to_end and ffn_training.light(training.lesson), 20)
    messages.failed(training.failure)
    if training.ended:
        st.warning(
            f"While it was paused, its memory was given to others. {training.ended}",
            icon=":material/memory:",
        )


def _sentences(training: FfnTraining, ran: Lesson) -> dict[str, str]:
    if not training.losses:
        return {"start": "", "end": "", "diverged": ""}
    line = ffn_training.best_line_loss(training.x, training.y)
    toy = ran.settings["model"] == "toy"
    return {
        "start": "",
        "end": sentences.trained(len(training.losses), training.losses[-1], line, toy=toy),
        "diverged": sentences.diverged(toy=toy),
    }


def one_line_diff(planned: Lesson) -> str:
    """The difference between the toy's script and the block's, as a diff."""
    toy, block = (planned.set(model=m).text.splitlines() for m in ("toy", "FFN"))
    return "\n".join(list(difflib.unified_diff(toy, block, "toy", "FFN", lineterm="", n=1)))


# Ask a neuron


@st.cache_data(max_entries=16, show_spinner="Training the block …")
def _view(text: str, _planned: Lesson) -> NeuronAnswers:
    """One view for each text: a learner who moves the slider trains nothing again."""
    return ffn_training.look_inside(_planned, measure.budget())


def look_inside_panel(planned: Lesson, x: float, *, dark: bool) -> None:
    """The trained block's neurons for the input ``x``."""
    try:
        view = _view(planned.edit("look_inside").text, planned)
    except ValueError as error:
        st.warning(str(error), icon=":material/memory:")
        return
    row = view.nearest(x)
    st.markdown(sentences.neurons(view, row))
    left, right = st.columns(2)
    chart(
        pictures.neurons(view, row, dark=dark),
        key="neurons",
        title="Each neuron's answer, sorted",
        place=left,
    )
    chart(
        pictures.fields(view, row, dark=dark),
        key="fields",
        title="Where along x the busiest neurons answer",
        place=right,
    )
