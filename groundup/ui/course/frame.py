"""What stands around a page's own body: its section's bar above it, and the dock beneath."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from groundup.ui.course import opening, place, showing
from groundup.ui.course.bar import bar
from groundup.ui.course.body import alone, stands_in
from groundup.ui.course.dock import after_chapter, dock
from groundup.ui.course.place import Place
from groundup.ui.course.strip import asked_aloud, strip
from groundup.ui.course.task_stage import stage


def enter(page: str) -> Place | None:
    """Set what the link opens on ``page``, and say where the learner is now."""
    showing.follow()
    opening.begin(page)
    return place.find(page)


def title(here: Place | None) -> str:
    """What the browser's tab calls the open section, or what deepens it; nothing elsewhere."""
    if here is None:
        return ""
    return here.beside or f"{here.section.id} {here.section.name}"


def around(page: str, here: Place | None, body: Callable[[], None]) -> None:
    """Draw ``page`` with its ``body``; a task to write or to order takes the body's place."""
    stands_in(page, here)
    _around(page, here, body)
    opening.end()


def _around(page: str, here: Place | None, body: Callable[[], None]) -> None:
    place.say_refused(page)
    showing.say_refused()
    shown = showing.now()
    if shown:
        strip(shown, page)
    elif here:
        bar(here)
    if here and here.task and here.task.kind != "goal":
        alone(partial(stage, here.task))
    else:
        body()
    if shown and not shown.moment.asked:
        asked_aloud(shown, page)
    elif here and not here.beside:
        dock(here)
    elif not here:
        _after_review(page)


def _after_review(page: str) -> None:
    if found := place.reviewed(page):
        after_chapter(found)
