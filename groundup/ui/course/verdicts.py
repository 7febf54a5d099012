"""What a check said: a card, Python's own words, and the inputs with which it is not right."""

from __future__ import annotations

import html
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from groundup.course.tasks import State, Task, Verdict
from groundup.figures.theme import palette
from groundup.ui.components.messages import plain, printed
from groundup.ui.course.keeping import progress


class Sign(NamedTuple):
    """A state's sign and name, and the palette's colour of its card, which says nothing alone."""

    sign: str
    name: str
    colour: str


SIGNS: dict[State, Sign] = {
    "missing": Sign("○", "Missing", "blue"),
    "not yet": Sign("✗", "Not yet", "red"),
    "nearly": Sign("≈", "Nearly", "yellow"),
    "right": Sign("✓", "Right", "green"),
}


def style() -> None:
    """What tasks look like; once a page."""
    colours = palette(st.context.theme.type == "dark")
    named = ";".join(
        f"--task-{one.colour}:{getattr(colours, one.colour)}" for one in SIGNS.values()
    )
    st.html(f"<style>:root{{{named}}}</style>")
    st.html(Path(__file__).with_name("task.css"))


def sentence(text: str) -> str:
    """``text`` for Markdown: what stands between backticks is code, and nothing else means more."""
    parts = text.split("`")
    return "".join(f"`{one}`" if n % 2 else plain(one) for n, one in enumerate(parts))


def heading(task: Task) -> None:
    """The goal, whether it was reached before, and what the check is like."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        goal(task, tag="h1")
        if task.checked_with:
            st.caption(f"checked with {sentence(task.checked_with)}", width="content")


def goal(task: Task, more: str = "", tag: str = "p") -> None:
    """The goal, whether it was reached before, and what ``more`` there is to say of it.

    Where a task takes the place of the page's body, its goal is the page's heading (``tag``).
    """
    how = progress().tasks.get(task.id, "")
    done = {"solved": "✓ solved", "shown": "not counted"}.get(how, "")
    said = f"<b>{marked_up(task.goal)}</b> <span class={how or 'open'}>{done}</span>"
    said += f" <small>{marked_up(more)}</small>" if more else ""
    st.html(f'<{tag} class="task-line">{said}</{tag}>', width="content")


def line(name: str, text: str) -> None:
    """A line that begins with its ``name``."""
    st.html(f'<p class="task-line"><b>{name}</b> {marked_up(text)}</p>')


def card(task: Task, verdict: Verdict) -> None:
    """The state by sign, name and colour, and the sentence."""
    sign = SIGNS[verdict.state]
    # "Right." and then "Right, and …" would say it twice.
    said = verdict.sentence.removeprefix(sign.name)
    name = sign.name if said[:1] == "," else f"{sign.name}."
    not_counted = verdict.state == "right" and progress().tasks.get(task.id) == "shown"
    more = " You saw the solution: it is not counted." if not_counted else ""
    st.html(
        f'<div class="task-card {sign.colour}" role="status"><b>{sign.sign} {name}</b>'
        f"{marked_up(said if said[:1] == ',' else f' {verdict.sentence}')}{more}</div>"
    )


def marked_up(text: str) -> str:
    """``text`` as HTML: what stands between backticks is code."""
    parts = html.escape(text, quote=False).split("`")
    return "".join(f"<code>{one}</code>" if n % 2 else one for n, one in enumerate(parts))


def own_words(verdict: Verdict) -> None:
    """What Python said, letter by letter, and where."""
    if verdict.words:
        place = f", in line {verdict.line}" if verdict.line else ""
        st.caption(f"Python's own words{place}")
        printed(verdict.words)


def case(task: Task, verdict: Verdict) -> None:
    """The inputs with which it is not right, what the answer makes of them, and what is right.

    Inputs that stand in the pane are not said again for themselves.
    """
    told = verdict
    if not told.got and told.case in task.given:
        return
    of = f" `{told.name}`" if told.name else ""
    named = {"With": told.case, f"your{of or 's'}": told.got, f"right{of}": told.right}
    rows = "".join(_row(name, text) for name, text in named.items() if text)
    if told.case and rows:
        st.html(f'<dl class="task-case">{rows}</dl>')


def _row(name: str, text: str) -> str:
    return f"<dt>{marked_up(name)}</dt><dd><pre>{html.escape(text, quote=False)}</pre></dd>"
