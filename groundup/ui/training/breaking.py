"""Break it: a mistake in the lesson's own text, run beside the healthy one."""

from __future__ import annotations

import streamlit as st

from groundup.engine.edits import Edit
from groundup.engine.lesson import Lesson
from groundup.figures.training import outcomes
from groundup.training import broken_loop
from groundup.training.looks import ELSEWHERE, ERROR, FLIES, HOME, LOOKS, STILL, SWINGS, looks
from groundup.training.session import Training
from groundup.ui.components import messages
from groundup.ui.components.invariants import invariants
from groundup.ui.controls.widgets import control
from groundup.ui.settings.training_loop import HEALTHY, REORDER
from groundup.ui.state import put
from groundup.ui.training import below, panel, pinning
from groundup.ui.training.guessing import Question, ask, asked_below
from groundup.ui.training.panel import Panels

CONTROLS = ("break", "order")


def broken(lesson: Lesson) -> Lesson:
    """Let the learner choose a mistake, and return ``lesson`` with it."""
    which, order, fix, more = st.columns([2, 1.2, 0.8, 1.1], vertical_alignment="bottom")
    with which:
        mistake = control("break")
    with fix:
        st.button(
            "Fix it",
            key="fix",
            icon=":material/healing:",
            on_click=_fix,
            disabled=mistake == HEALTHY,
            help="Undo the change, and have the healthy text again.",
        )
    more.button(
        "Next mistake",
        key="next_mistake",
        icon=":material/arrow_forward:",
        on_click=_next,
        args=(lesson, mistake),
        help="They come one after another; each asks for your guess first.",
    )
    if mistake == REORDER:
        with order:
            return _reordered(lesson, control("order"))
    if mistake == HEALTHY:
        return lesson
    return lesson.edit(broken_loop.mistakes(lesson)[mistake].name)


def _reordered(lesson: Lesson, order: str) -> Lesson:
    try:
        return broken_loop.reordered(lesson, order)
    except ValueError as error:
        st.warning(f"The order is not used: {error}", icon=":material/edit_off:")
        return lesson


def _fix() -> None:
    put({"break": HEALTHY})


def _next(lesson: Lesson, mistake: str) -> None:
    deck = list(broken_loop.mistakes(lesson))
    place = deck.index(mistake) + 1 if mistake in deck else 0
    put({"break": deck[place % len(deck)]})


def made(mistake: Edit | None) -> dict[str, str]:
    """The controls' values under which the lesson holds ``mistake``."""
    if mistake is None:
        return {"break": HEALTHY}
    if mistake.name == broken_loop.REORDER:
        return {"lab": "Break it", "break": REORDER, "order": str(mistake.notes["order"])}
    return {"lab": "Break it", "break": mistake.title}


QUESTION = Question(
    "What will it do?",
    LOOKS,
    lambda state: state.foreseen,
    about=lambda lesson: bool(lesson.mistake),
    words={
        "error": ERROR,
        "learns nothing": STILL,
        "oscillates": SWINGS,
        "diverges": FLIES,
        "a flat line": ELSEWHERE,
        "the right line": HOME,
        "converges": HOME,
    },
)


def beside(training: Training, lesson: Lesson) -> None:
    """The code with the mistake, and what it led to and means: once that was guessed, and seen."""
    if QUESTION.waits(lesson):
        asked = below.about(lesson.text) is not None
        height, beneath = (490, 40) if asked else (330, 120)
        panel.code(training, lesson, height=height, beneath=beneath, waits=True)
        if not asked_below(lesson):
            ask(QUESTION, lesson)
        return
    known = (
        bool(lesson.mistake)
        and not training.stale(lesson)
        and bool(training.failure or training.seen_to_end)
    )
    panel.code(training, lesson, height=250 if known else 490)
    if known and lesson.mistake:
        _judge(training, lesson, lesson.mistake)
    invariants(training.lesson, *training.witnessed, failed=bool(training.failure))
    if lesson.mistake is None:
        st.caption("Choose a mistake: its lines are marked in the code, and Train runs both.")
    elif known:
        _outcome_sentences(training, lesson.mistake)
    else:
        guess = QUESTION.kept().made(lesson.text)
        st.caption(
            (f"Your guess: **{guess}**. " if guess else "")
            + "Train runs this text (solid) beside the healthy one (dashed), from one start."
        )


def _judge(training: Training, lesson: Lesson, mistake: Edit) -> None:
    """Whether the first guess came true, and how many did; of a run that was skipped, nothing."""
    guesses = QUESTION.kept()
    guess, seen = guesses.made(lesson.text), looks(training)
    guesses.count(mistake.title, lesson.text, seen)
    if guess is None:
        return
    left = len(broken_loop.mistakes(lesson).keys() - guesses.right)
    counted = f"{guesses.score} {left} more to guess."
    if guess == seen:
        st.markdown(f":material/check_circle: You said **{guess}**, and so it was. {counted}")
    else:
        meant = QUESTION.answers[seen]
        st.markdown(f":material/info: You said **{guess}**. It was: **{seen}**, {meant}. {counted}")


def _outcome_sentences(training: Training, mistake: Edit) -> None:
    meaning = str(mistake.notes.get("meaning", "")).strip()
    messages.warned(training.run.notices)
    if training.failure:
        messages.failed(training.failure, meaning)
        return
    if training.setting is None:
        return
    healthy, *twins = training.beside.values()
    sentences = [outcomes.outcome(training.run, healthy, training.setting), meaning]
    if mistake.name == "broadcast":
        sentences.append(outcomes.mean_of_targets(training.setting.y))
    sentences += [outcomes.same_as_momentum(training.run, run) for run in twins]
    st.info(" ".join(sentences), icon=":material/visibility:")
    pinning.button(training)
    pinning.refusal()


PANELS = Panels(right=beside, question=QUESTION)
