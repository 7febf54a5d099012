"""The first page: what is promised, where to go on, the way through, and a run of the example."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from groundup.course.path import Chapter, Section, chapters, sections
from groundup.course.progress import Progress, in_words, minutes_left, next_section
from groundup.engine import lesson
from groundup.engine.lesson import Lesson
from groundup.figures.training.player import training as training_scene
from groundup.training.session import Training
from groundup.ui.components.player_panel import Player
from groundup.ui.course.keeping import is_kept, progress
from groundup.ui.course.progress_menu import NOT_KEPT
from groundup.ui.course.ticks import chapter_state, dots, icon

START = "Start with one tensor"
SLOW = {"epochs": 10, "speed": 1}
"""The first passes, and how many of them a second: slow enough to follow."""

LINES = (
    ("optimizer.zero_grad()", "reset"),
    ("loss.backward()", "find who is to blame"),
    ("optimizer.step()", "nudge"),
)
ABOUT = {
    1: "Boxes of numbers, and how their sizes must fit.",
    2: "Which way is down? PyTorch can tell.",
    3: "How `backward()` finds who is to blame.",
    4: "Guess, score, blame, nudge, reset. Again and again.",
    5: "The same five steps, in three lines.",
    6: "The same lines in a large language model.",
}

_CSS = Path(__file__).with_suffix(".css")
_player = Player("shell/first_player")


def promise() -> None:
    """The three lines, and what it takes to understand them."""
    rows = "".join(
        f"<tr><td><code><b>{line}</b></code></td><td>{about}</td></tr>" for line, about in LINES
    )
    st.html(_CSS)
    st.html(f'<table class="three-lines">{rows}</table>')
    st.markdown(
        f"You know some Python and can multiply. In about "
        f"{in_words(sum(one.minutes for one in sections()))}, a section at a time, you can explain "
        "these lines and write the loop around them from an empty page."
    )


def go_on() -> None:
    """The one next step, and another one beside it for whoever has begun."""
    first, has_begun = sections()[0], progress() != Progress()
    label, page, query = _next_step(progress()) if has_begun else (START, first.page, first.query)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(label, key="begin", type="primary", icon=":material/arrow_forward:"):
            st.switch_page(f"app_pages/{page}.py", query_params=query)
        if has_begun:
            st.page_link(_script(first), label="From the start", query_params=first.query)


def _next_step(done: Progress) -> tuple[str, str, dict[str, str]]:
    """What it is called, its page, and what the link to it holds."""
    following = next_section(done)
    if following is None:
        return "What you can now do", "finish", {}
    return f"Continue: {following.name}", following.page, following.query


def way() -> None:
    """The chapters with what is done of each, and the end."""
    done = progress()
    head = st.container(horizontal=True, horizontal_alignment="distribute")
    head.markdown("**The path**", width="content")
    head.caption(_so_far(done), width="content")
    with st.container(gap=None):
        for chapter in chapters():
            _row(chapter, done)
        _last_row()
    if not is_kept():
        st.caption(NOT_KEPT)


def _last_row() -> None:
    with _row_box(len(chapters()) + 1):
        st.page_link(
            "app_pages/finish.py", label="**Write it yourself**", icon=icon("open"), width=230
        )
        st.markdown("Ten mixed questions, then the whole loop from an empty page.", width="stretch")


def _row(chapter: Chapter, done: Progress) -> None:
    opened = next((one for one in chapter.sections if not done.done(one)), chapter.sections[0])
    with _row_box(chapter.number):
        st.page_link(
            _script(opened),
            label=f"**{chapter.number} {chapter.name}**",
            icon=icon(chapter_state(chapter, done)),
            query_params=opened.query,
            width=230,
        )
        st.markdown(ABOUT.get(chapter.number, ""), width="stretch")
        st.html(dots(chapter, done), width=120)
        st.caption(f"{sum(one.minutes for one in chapter.sections)} min", width=60)


def _row_box(number: int) -> Any:
    return st.container(key=f"path_row_{number}", horizontal=True, vertical_alignment="center")


def _so_far(done: Progress) -> str:
    many, left = len(sections()), in_words(minutes_left(done))
    if done == Progress():
        return f"{many} sections, about {left} · ticks are kept in this browser only"
    count = sum(map(done.count, chapters()))
    return f"{count} of {many} sections done · about {left} left · kept in this browser only"


def credit() -> None:
    """Whose lesson this follows."""
    st.caption(
        "Nothing to install, no account. The code on each page is the code that runs. The course "
        "follows the article *PyTorch From the Ground Up: A Hands-On Guide* (2025)."
    )


def _script(section: Section) -> str:
    return f"app_pages/{section.page}.py"


def loop() -> Lesson:
    """What is run here: the training loop, in steps short enough to be watched."""
    return lesson.load("training_loop").set(learning_rate=0.03)


def live() -> None:
    """Its run, played from the start, slowly at first."""
    scene, end = _run(loop().text)
    _player.draw(
        scene,
        key="home_player",
        identity=loop().text,
        order=1,
        at=0,
        play=True,
        said={"start": "", "end": end, "diverged": ""},
    )
    _player.load_code()


@st.cache_data(show_spinner=False)
def _run(text: str) -> tuple[dict[str, Any], str]:
    """The picture of the run of the loop, whose text is ``text``, and what it led to."""
    training = Training(loop())
    training.train(loop())
    run, setting = training.run, training.setting
    if setting is None:
        raise RuntimeError(f"the first page's lesson failed: {training.failure}")
    scene = training_scene(
        run.columns, x=setting.x, y=setting.y, start=setting.start, epochs=run.epochs
    )
    w, b = run.columns["w"][-1], run.columns["b"][-1]
    end = (
        f"After {run.epochs} passes it guesses y = {w:.2f}x + {b:.2f}. "
        "Nobody told it the rule: it had the points alone."
    )
    return {**scene, "surface": None, "word": "pass", "slow": SLOW}, end
