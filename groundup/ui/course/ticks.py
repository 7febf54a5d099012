"""What is done, as marks: for the eye, and in words for a screen reader."""

from __future__ import annotations

from typing import Literal

from groundup.course.path import Chapter
from groundup.course.progress import Progress, next_section

State = Literal["done", "here", "open"]

_ICONS: dict[State, str] = {
    "done": ":material/check_circle:",
    "here": ":material/radio_button_checked:",
    "open": ":material/radio_button_unchecked:",
}


def icon(state: State) -> str:
    """The mark before a chapter or a section."""
    return _ICONS[state]


def chapter_state(chapter: Chapter, progress: Progress) -> State:
    """Whether all of it is done, or whether the learner goes on here."""
    if progress.count(chapter) == len(chapter.sections):
        return "done"
    following = next_section(progress)
    is_here = following is not None and following.chapter == chapter.number
    return "here" if is_here and progress != Progress() else "open"


def dots(chapter: Chapter, progress: Progress) -> str:
    """The chapter's sections as dots, in HTML: full where done."""
    marks = "".join("●" if progress.done(one) else "○" for one in chapter.sections)
    said = f"{progress.count(chapter)} of {len(chapter.sections)} sections done"
    return f'<span role="img" aria-label="{said}" style="letter-spacing: 0.2em">{marks}</span>'
