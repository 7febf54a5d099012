"""The card of a chapter: what to keep, what was missed once more, and what is recalled unaided."""

from __future__ import annotations

import streamlit as st

from groundup.course.answers import right
from groundup.course.path import Chapter, Question, chapters
from groundup.course.review import Recall, agrees, answer, cards, expects
from groundup.figures.course.cards import picture
from groundup.figures.theme import palette
from groundup.ui.components.messages import plain, printed
from groundup.ui.controls.heard import one_of
from groundup.ui.course.drawing import draw
from groundup.ui.course.keeping import progress

LONGEST = 60
"""Characters of a typed answer."""


def show(number: str) -> None:
    """The card of chapter ``number``, which is one of the path's."""
    chapter = next(one for one in chapters() if str(one.number) == number)
    card = next((one for one in cards() if one.chapter == chapter.number), None)
    if card:
        keep, drawn = st.columns([1.3, 1], gap="large")
        with keep:
            st.header(f"{chapter.number} {chapter.name}", anchor=False)
            st.markdown("\n".join(f"1. {plain(sentence)}" for sentence in card.sentences))
        with drawn:
            if found := picture(chapter.number, palette(st.context.theme.type == "dark")):
                draw(found)
    left, other = st.columns(2, gap="large")
    with left:
        _missed(chapter)
    with other:
        _recall(card.recall if card else ())


def _missed(chapter: Chapter) -> None:
    st.header("What you missed, once more", anchor=False)
    missed = progress().missed(chapter)
    if not missed:
        asked = [one.id for section in chapter.sections for one in section.questions]
        given = [one for one in asked if one in progress().answers]
        st.markdown(
            f"Nothing: of {len(asked)} questions you answered {len(given)}, all right."
            if given
            else f"You have answered none of the {len(asked)} questions of this chapter yet."
        )
        return
    st.caption("Your first answers stay as they are.")
    for question in missed:
        _again(question)


def _again(question: Question) -> None:
    chosen = st.radio(
        plain(question.ask),
        question.choices,
        index=None,
        format_func=plain,
        horizontal=True,
        key=f"again_{question.id}",
    )
    if (choice := one_of(chosen, question.choices)) is None:
        return
    if choice == right(question):
        st.markdown("✓ **Right this time.**")
    else:
        st.markdown(f"✗ **Not yet.** {plain(question.wrong.get(choice, ''))}")


def _recall(questions: tuple[Recall, ...]) -> None:
    if not questions:
        return
    st.header("From memory", anchor=False)
    st.caption("Type the answer and press Enter. Nothing is counted here.")
    for question in questions:
        typed = answer_box(question, f"recall_{question.id}")
        if typed and typed.strip():
            said(question, agrees(question, typed[:LONGEST]))


def answer_box(question: Recall, key: str) -> str | None:
    """The question with a box for its answer, which says what to type."""
    ask, hint = plain(question.ask), expects(question)
    return st.text_input(ask, key=key, max_chars=LONGEST, placeholder=hint)


def said(question: Recall, is_right: bool) -> None:
    """Whether the answer was right; where not, what is, and the program that says it."""
    if is_right:
        st.markdown("✓ **Right.**")
        return
    st.markdown(f"✗ **Not this time:** {plain(answer(question))}. This program says so:")
    printed(question.code.strip())
