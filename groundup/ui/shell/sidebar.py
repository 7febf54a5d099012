"""Beside every page: the path with what is done of it, and under it the page's settings."""

from __future__ import annotations

import streamlit as st

from groundup.course import path
from groundup.course.path import Chapter, Section
from groundup.ui import settings
from groundup.ui.controls.link import CHAPTER
from groundup.ui.controls.widgets import control, folded
from groundup.ui.course import collecting
from groundup.ui.course.keeping import progress
from groundup.ui.course.opening import link_to
from groundup.ui.course.place import Place, open_chapter
from groundup.ui.course.sizing import SIZE, size_control
from groundup.ui.shell import embedding
from groundup.ui.state import drop_from_link, is_stored, put

_DONE, _HERE, _TO_COME = (
    ":material/check_circle:",
    ":material/radio_button_checked:",
    ":material/radio_button_unchecked:",
)


def show(page: str, place: Place | None) -> None:
    """The sidebar; ``page`` is the page's name in its address, empty on the first."""
    with st.container(key="brand"):
        st.page_link("app_pages/home.py", label="**groundup**")
    _counted()
    here = open_chapter(page, place)
    with st.container(key="path", gap=None):
        for chapter in path.chapters():
            _chapter(chapter, place, opened=chapter is here)
    with st.container(key="beside_path", gap=None):
        st.page_link("app_pages/your_code.py", label="Your code")
        st.page_link("app_pages/words.py", label="Words")
        st.page_link("app_pages/finish.py", label="What you can now do")
        st.page_link("app_pages/teach.py", label="Teach")
        st.page_link("app_pages/room.py", label="Ask the room")
    if page in settings.OF_PAGE:
        _settings(page)
    else:
        _looks()
    if place:
        collecting.offer(place)


def _counted() -> None:
    every = path.sections()
    done = sum(map(progress().done, every))
    st.html(
        f'<div class="course-counted">{done} of {len(every)} sections done<div role="progressbar" '
        f'aria-label="Sections done" aria-valuemin="0" aria-valuemax="{len(every)}" '
        f'aria-valuenow="{done}"><i style="width:{100 * done / len(every):.1f}%"></i></div></div>'
    )


def _chapter(chapter: Chapter, place: Place | None, *, opened: bool) -> None:
    done = [one for one in chapter.sections if progress().done(one)]
    whole = len(done) == len(chapter.sections)
    first = next((one for one in chapter.sections if one not in done), chapter.sections[0])
    name = f"{chapter.number} {chapter.name}"
    _link(
        first,
        f"{f'**{name}**' if opened else name} :gray[{len(done)}/{len(chapter.sections)}]",
        _DONE if whole else _HERE if opened else _TO_COME,
    )
    if opened:
        with st.container(key="path_chapter", gap=None):
            for one in chapter.sections:
                _section(one, place)
            _review(chapter)
            _deeper(chapter, place)


def _section(one: Section, place: Place | None) -> None:
    here = bool(place and not place.beside and one is place.section)
    icon = _HERE if here else _DONE if progress().done(one) else _TO_COME
    if here:
        with st.container(key="path_here"):
            _link(one, f"**{one.name}**", icon)
    else:
        _link(one, one.name, icon)


def _review(chapter: Chapter) -> None:
    st.page_link(
        "app_pages/review.py",
        label="What to keep",
        icon=":material/style:",
        query_params={CHAPTER: str(chapter.number)},
    )


def _deeper(chapter: Chapter, place: Place | None) -> None:
    if not chapter.deeper:
        return
    st.html('<p class="course-note">Deeper, if you like</p>')
    with st.container(key="path_deeper", gap=None):
        for one in chapter.deeper:
            name = f"**{one.name}**" if place and place.beside == one.name else one.name
            st.page_link(f"app_pages/{one.page}.py", label=name, query_params=link_to(one))


def _link(one: Section, label: str, icon: str) -> None:
    st.page_link(f"app_pages/{one.page}.py", label=label, icon=icon, query_params=link_to(one))


def _looks() -> None:
    """What a page without settings of its own can be shown like."""
    with folded(st.expander("Settings", icon=":material/settings:")):
        size_control()
        control("letter_keys")
        control("present")


def _settings(page: str) -> None:
    with folded(st.expander("Settings", icon=":material/settings:")):
        for shared in settings.shared.CONTROLS:
            size_control() if shared.key == SIZE else control(shared.key)
        st.button(
            "Defaults",
            key="defaults",
            icon=":material/settings_backup_restore:",
            help="Every setting of this page, device and seed at its default. The section stays "
            "open, and your runs, pins and own points stay.",
            on_click=_restore,
            args=(page,),
        )
        st.caption(
            "The link in the address bar holds the section, the setting of every control that you "
            "see, and a small table of own points. Not in it: guesses, a pasted error, a larger "
            "table, a model file, pinned runs, and where a run was stopped or stepped to."
        )
        embedding.offer()


def _restore(page: str) -> None:
    shown = (*settings.shared.CONTROLS, *settings.OF_PAGE[page])
    restored = [one for one in shown if one.key not in settings.SECTIONS | settings.MADE]
    # What the link held of controls that are not on the page yet waits there for them.
    if waiting := [one.key for one in restored if one.key in st.query_params]:
        drop_from_link(waiting)
    put({one.key: one.widget_default for one in restored if is_stored(one.key)})
