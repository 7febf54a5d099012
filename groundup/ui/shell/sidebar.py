"""Beside every page: the path with what is done of it, and under it *Settings*.

The path is one piece of HTML: as Streamlit's own links it was 33 elements, which a browser draws
for 2 to 5 ms each on a first visit. ``aids/links.js`` lets these lead on within the visit as well.
"""

from __future__ import annotations

import streamlit as st

from groundup.course import path
from groundup.course.path import Chapter, Section
from groundup.ui.controls.link import CHAPTER
from groundup.ui.course import collecting
from groundup.ui.course.keeping import progress
from groundup.ui.course.opening import link_to
from groundup.ui.course.place import Place, open_chapter
from groundup.ui.course.prose import inline, link
from groundup.ui.shell import settings_box

_DONE, _HERE, _TO_COME = (
    f'<span class="path-icon" role="img" translate="no" aria-label="{said}">{icon}</span>'
    for icon, said in (
        ("check_circle", "done:"),
        ("radio_button_checked", "here:"),
        ("radio_button_unchecked", "to do:"),
    )
)
_KEPT = '<span class="path-icon" aria-hidden="true" translate="no">style</span>'
_BESIDE = {
    "your_code": "Your code",
    "words": "Words",
    "finish": "What you can now do",
    "teach": "Teach",
    "room": "Ask the room",
}


def show(page: str, place: Place | None) -> None:
    """The sidebar; ``page`` is the page's name in its address, empty on the first.

    The path says in its HTML which page is drawn, for whoever waits until a link has led there.
    """
    here = open_chapter(page, place)
    chapters = "".join(_chapter(one, place, opened=one is here) for one in path.chapters())
    beside = "".join(map(link, _BESIDE, _BESIDE.values()))
    st.html(
        f'<nav class="course-path" aria-label="Path" data-page="{page}"><div class="path-brand">'
        f"{link('', '<b>groundup</b>')}</div>{_counted()}"
        f'<div class="path-chapters">{chapters}</div>{beside}</nav>'
    )
    settings_box.show(page)
    if place:
        collecting.offer(place)


def _counted() -> str:
    every = path.sections()
    done = sum(map(progress().done, every))
    return (
        f'<div class="course-counted">{done} of {len(every)} sections done<div role="progressbar" '
        f'aria-label="Sections done" aria-valuemin="0" aria-valuemax="{len(every)}" '
        f'aria-valuenow="{done}"><span style="width:{100 * done / len(every):.1f}%"></span></div>'
        "</div>"
    )


def _chapter(chapter: Chapter, place: Place | None, *, opened: bool) -> str:
    done = [one for one in chapter.sections if progress().done(one)]
    first = next((one for one in chapter.sections if one not in done), chapter.sections[0])
    whole = len(done) == len(chapter.sections)
    name = f"<span>{chapter.number} {inline(chapter.name)}</span>"
    label = f"{name}<small>{len(done)}/{len(chapter.sections)}</small>"
    icon = _DONE if whole else _HERE if opened else _TO_COME
    head = link(first.page, label, link_to(first), icon, kind="path-open" if opened else "")
    return head + (_inside(chapter, place) if opened else "")


def _inside(chapter: Chapter, place: Place | None) -> str:
    sections = "".join(_section(one, place) for one in chapter.sections)
    review = link("review", "What to keep", {CHAPTER: str(chapter.number)}, _KEPT)
    return f'<div class="path-inside">{sections}{review}{_deeper(chapter, place)}</div>'


def _section(one: Section, place: Place | None) -> str:
    here = bool(place and not place.beside and one is place.section)
    icon = _HERE if here else _DONE if progress().done(one) else _TO_COME
    return link(one.page, inline(one.name), link_to(one), icon, kind="path-here" if here else "")


def _deeper(chapter: Chapter, place: Place | None) -> str:
    if not chapter.deeper:
        return ""
    links = "".join(
        link(
            one.page,
            inline(one.name),
            link_to(one),
            kind="path-open" if place and place.beside == one.name else "",
        )
        for one in chapter.deeper
    )
    return f'<p class="course-note">Deeper, if you like</p><div class="path-deeper">{links}</div>'
