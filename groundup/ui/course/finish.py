"""The last page: ten questions, the class, what one can now do and what not, and the numbers."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import streamlit as st

from groundup.course import finish as done_course
from groundup.course.path import Section, sections
from groundup.course.progress import OUTCOMES, Figures, figures
from groundup.course.review import Recall, agrees, mixed
from groundup.course.tasks import task
from groundup.ui.components.messages import plain
from groundup.ui.course.keeping import progress, record
from groundup.ui.course.progress_menu import menu
from groundup.ui.course.review import LONGEST, answer_box, said
from groundup.ui.course.ticks import icon
from groundup.ui.state import page_state, stored

_CSS = Path(__file__).with_suffix(".css")
_BOX = "mixed_answer"


@dataclass
class MixedState:
    """The mixed question that was answered last, which is shown until the next one is asked for."""

    last: str = ""


def show() -> None:
    """All of it, from the top."""
    st.html(_CSS)
    with st.container(key="finish_exam"):
        _exam()
    _the_class()
    can, cannot = st.columns([1.25, 1], gap="large")
    with can:
        _abilities()
    with cannot:
        _numbers(figures(progress()))
    _credit()


# Ten questions and the last task


def _exam() -> None:
    asked = mixed()
    open_ones = [one for one in asked if one.id not in progress().answers]
    state = page_state(MixedState)
    last = next((one for one in asked if one.id == state.last), None)
    if last:
        _answered(last, bool(open_ones))
    elif open_ones:
        _ask(open_ones[0], len(asked) - len(open_ones) + 1, len(asked))
    _last_task(not open_ones and not last)


def _ask(question: Recall, number: int, many: int) -> None:
    st.header(f"Question {number} of {many}", anchor=False)
    with st.form("mixed_form", border=False, clear_on_submit=True):
        answer_box(question, _BOX)
        st.form_submit_button(
            "Answer", key="mixed_send", type="primary", on_click=_send, args=(question,)
        )
    st.caption("No notes. Your first answer counts.")


def _send(question: Recall) -> None:
    typed = stored(_BOX)
    if not isinstance(typed, str) or not typed.strip():
        return
    right, wrong = OUTCOMES
    outcome = right if agrees(question, typed[:LONGEST]) else wrong
    record(progress().answered(question.id, outcome))
    page_state(MixedState).last = question.id


def _answered(question: Recall, is_more: bool) -> None:
    st.header(plain(question.ask), anchor=False)
    said(question, progress().answers.get(question.id) == OUTCOMES[0])
    label = "Next question" if is_more else "Done"
    st.button(label, key="mixed_next", type="primary", on_click=_go_on)


def _go_on() -> None:
    page_state(MixedState).last = ""


def _last_task(is_next: bool) -> None:
    last = task(done_course.LAST_TASK)
    where = next((one for one in sections() if last and one.id == last.section), sections()[-1])
    how = progress().tasks.get(done_course.LAST_TASK)
    if how == "solved":
        st.markdown("✓ You wrote the whole loop from an empty page.")
        return
    label = "Write the whole loop from an empty page"
    kind: Literal["primary", "secondary"] = "primary" if is_next else "secondary"
    if st.button(label, key="last_task", type=kind, icon=":material/edit:"):
        query = {**where.query, "task": done_course.LAST_TASK}
        st.switch_page(f"app_pages/{where.page}.py", query_params=query)
    if how == "shown":
        st.caption("You looked at its solution, so it does not count as written.")


# What was built


def _the_class() -> None:
    st.header("The layer inside a large language model, line by line", anchor=False)
    with st.container(key="finish_class", gap=None):
        for line in done_course.feed_forward():
            with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
                st.html(f"<pre>{html.escape(line.text) or ' '}</pre>", width="stretch")
                if line.learned:
                    _link(line.learned, f"learned in {line.learned.id} {line.learned.name}")
    model = done_course.in_model()
    if done_course.is_whole(progress()):
        st.markdown(
            f"You wrote this, and the loop that trains it. {model} The magic is gone; what is "
            "left is engineering. **You now understand the engine.**"
        )
    else:
        st.markdown(f"This is where the path leads. {model}")


def _link(to: Section, label: str, mark: str | None = None) -> None:
    st.page_link(f"app_pages/{to.page}.py", label=label, icon=mark, query_params=to.query)


# What one can, and what not


def _abilities() -> None:
    found = [(one, done_course.missing(one, progress())) for one in done_course.ABILITIES]
    st.header("You can", anchor=False)
    able = [one.says for one, left in found if left is None]
    st.markdown("  \n".join(f"✓ {says}" for says in able) or "Nothing is done to its end yet.")
    st.caption("By the sections that you finished, and the last task.")
    if len(able) < len(found):
        st.header("Still open", anchor=False)
    for one, left in found:
        if left:
            _link(left, f"{one.says}: {left.id} {left.name}", icon("open"))
    st.header("Not in this course", anchor=False)
    st.markdown("Attention in detail, tokenizers, training on many GPUs, and where good data is.")


# The numbers


def _numbers(found: Figures) -> None:
    st.header("Your numbers", anchor=False)
    count = sum(map(progress().done, sections()))
    rows = {
        "Questions answered": f"{found.answered} of {found.asked}",
        "Right at the first answer": f"{found.right} of {found.answered}",
        "Tasks solved without the solution": f"{found.solved} of {found.tasks}",
        "Solutions looked at": str(found.shown),
        "Mixed questions right": f"{found.recalled} of {found.mixed}",
        "Sections done": f"{count} of {len(sections())}",
        "Date (UTC)": datetime.now(UTC).date().isoformat(),
        "PyTorch": done_course.torch_version(),
    }
    body = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in rows.items())
    st.html(f'<table class="your-numbers">{body}</table>')
    st.caption(
        "As this browser kept them. Nobody watched: they are for you. Ctrl+P prints the page."
    )


def _credit() -> None:
    with st.container(key="finish_on"):
        st.page_link("app_pages/your_code.py", label="Go on with a script of your own")
        with st.expander("Take your progress along, or begin anew"):
            menu("finish_progress")
    st.caption("After the article *PyTorch From the Ground Up: A Hands-On Guide* (2025).")
