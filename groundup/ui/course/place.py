"""Which section of the path is open, read from the link and from where the controls stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import streamlit as st

from groundup.course import path
from groundup.course.path import Chapter, Deeper, Section
from groundup.course.tasks import Task, tasks_of
from groundup.ui import settings
from groundup.ui.controls.declaration import as_text
from groundup.ui.controls.link import CHAPTER, SECTION, TASK, printable
from groundup.ui.controls.widgets import declared, value
from groundup.ui.course import showing
from groundup.ui.course.keeping import progress
from groundup.ui.state import came_back, is_stored, link, page_state

REVIEW = "review"
"""The page that shows a chapter's card."""


@dataclass
class PlaceState:
    """The section that was open last, by its id."""

    last: str = ""


class Place(NamedTuple):
    """Where the learner is: in ``section``, or in one ``beside`` the path that deepens it."""

    section: Section
    beside: str = ""
    task: Task | None = None


def find(page: str) -> Place | None:
    """Where the learner is on ``page``; nothing on a page that has no sections."""
    if page not in settings.OF_PAGE:
        return None
    now = _Now()
    found = (
        _section_of_link(page, now)
        or _deeper(page, now)
        or _section(page, now)
        or _unnamed(page, now)
    )
    shown = showing.now()
    if not shown:
        page_state(PlaceState).last = found.section.id
    elif found.beside and (section := path.section(shown.moment.section)):
        # A moment may show what lies beside the path: its question is its section's.
        return Place(section)
    return found


def last() -> Section:
    """The section that was open last, or else the first that is not done."""
    unfinished = (one for one in path.sections() if not progress().done(one))
    found = path.section(page_state(PlaceState).last) or next(unfinished, None)
    return found or path.sections()[-1]


def chapter_of(one: Section) -> Chapter:
    """The chapter that a section belongs to."""
    return path.chapters()[one.chapter - 1]


def reviewed(page: str) -> Chapter | None:
    """The chapter whose card ``page`` shows; nothing on any other page."""
    if page != REVIEW:
        return None
    # On the way to another card the control still stands at the one before.
    number = link().get(CHAPTER, value(CHAPTER))
    return next((one for one in path.chapters() if str(one.number) == number), None)


def open_chapter(page: str, here: Place | None) -> Chapter:
    """The chapter whose sections the sidebar shows: that of ``here``, or the one at hand."""
    return chapter_of(here.section) if here else reviewed(page) or chapter_of(last())


def say_refused(page: str) -> None:
    """Say so where the link names a section or a task that is not here."""
    here, every = link(), st.query_params.get_all(SECTION)
    if every and not _linked(page):
        found = path.section(here[SECTION])
        reason = "it belongs to another page" if found else "the path has no such section"
        st.warning(f"`{SECTION}={printable(here[SECTION])}` was not used: {reason}.")
    if TASK in here and not _task(_linked(page)):
        name = printable(here[TASK])
        st.warning(f"`{TASK}={name}` was not used: the section that is open has no such task.")


def _linked(page: str) -> Section | None:
    found = path.section(link().get(SECTION, ""))
    return found if found and found.page == page else None


def _task(section: Section | None) -> Task | None:
    wanted = link().get(TASK)
    return (
        next((one for one in tasks_of(section.id) if one.id == wanted), None) if section else None
    )


def _section_of_link(page: str, now: _Now) -> Place | None:
    """The section that the link names, for as long as the page shows the part it is about.

    What it asks a learner to set may be what something beside the path begins with.
    """
    linked = _linked(page)
    return Place(linked, task=_task(linked)) if linked and _chosen(linked, now) else None


def _deeper(page: str, now: _Now) -> Place | None:
    """The section beside the path that the controls show."""
    every = (one for chapter in path.chapters() for one in chapter.deeper if one.page == page)
    here = [one for one in every if one.settings and _stands(one, now)]
    # Of two that stand here, the one of which the link says more.
    here.sort(key=lambda one: -len(link().items() & one.settings.items()))
    deepens = path.section(here[0].deepens) if here else None
    return Place(deepens, here[0].name) if here and deepens else None


def _section(page: str, now: _Now) -> Place | None:
    """The section that the controls show, most of its settings first."""
    here = [one for one in path.sections() if one.page == page and _chosen(one, now)]
    # Of two with the same settings the first that is still to be done.
    here.sort(key=lambda one: (-_matching(one, now), progress().done(one)))
    return Place(here[0]) if here else None


def _unnamed(page: str, now: _Now) -> Place:
    """A part of the page that the path does not name: the last section open here is beside it."""
    chooser = next(c.key for c in settings.OF_PAGE[page] if c.key in settings.SECTIONS)
    here = [one for one in path.sections() if one.page == page]
    before = next((one for one in here if one.id == page_state(PlaceState).last), here[0])
    return Place(before, now[chooser])


def _stands(one: Deeper, now: _Now) -> bool:
    """Whether the controls stand where the settings of ``one`` say."""
    return all(now[key] == raw for key, raw in one.settings.items())


def _matching(one: Section | Deeper, now: _Now) -> int:
    return sum(now[key] == raw for key, raw in one.settings.items())


def _chosen(one: Section, now: _Now) -> bool:
    """Whether the page shows the part that ``one`` is about."""
    return all(now[key] == one.settings[key] for key in settings.SECTIONS & set(one.settings))


class _Now(dict[str, str]):
    """Where each control will stand in this run, which has not drawn it yet; asked for once."""

    def __init__(self) -> None:
        super().__init__()
        self._link = link()

    def __missing__(self, key: str) -> str:
        linked = self._link.get(key)
        # What Back brought holds, whatever the widgets held before.
        if linked is not None and (came_back() or not is_stored(key)):
            return self.setdefault(key, linked)
        default = declared()[key].widget_default
        return self.setdefault(key, as_text(default if came_back() else value(key)))
