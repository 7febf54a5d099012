"""Opening a section of the path: what a link to it holds, and the settings that it sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from groundup.course import path
from groundup.course.path import Deeper, Section
from groundup.course.plans import Plan
from groundup.ui import settings
from groundup.ui.components import stepping
from groundup.ui.controls.declaration import as_text
from groundup.ui.controls.link import AT, CODE, PLAN, SECTION, TASK
from groundup.ui.controls.widgets import declared, value
from groundup.ui.course import showing
from groundup.ui.graph.state import GraphState
from groundup.ui.state import (
    forget,
    is_stored,
    keep_values_on_back,
    link,
    overlook_in_link,
    page_state,
    put,
    put_again,
    write_link,
)
from groundup.ui.training.state import TrainingState

Link = dict[str, str | list[str]]

STAYS = frozenset({*(one.key for one in settings.shared.CONTROLS), *settings.MADE})
"""Device and seed are the learner's everywhere, and so is what they made: no section sets these."""

PRESENT = "present"

_LINK_ALONE = frozenset({"moment", "chosen"})
"""No widget holds these, so that their default is not what a link without them means."""


@dataclass
class OpeningState:
    """What one visitor opened.

    Attributes:
        page: the page of the last run; None before the first.
        left: the pages that were left for others.
        link: the link of the last run.
        wanted: settings to be put where they are wanted before the next page is drawn.
        lent: what a task put into the learner's own settings, and what stood there, by key.
        sections: the id of the section that was opened last on each page, by the page's name.
    """

    page: str | None = None
    left: set[str] = field(default_factory=set)
    link: dict[str, str] = field(default_factory=dict)
    wanted: dict[str, str] = field(default_factory=dict)
    lent: dict[str, tuple[object, object]] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)


def link_to(one: Section | Deeper) -> Link:
    """What a link to ``one`` holds: its id if it is a section, and settings beside the defaults."""
    named: Link = {SECTION: one.id} if isinstance(one, Section) else {}
    return named | {
        key: raw.split(", ") if declared()[key].kind == "several" else raw
        for key, raw in one.settings.items()
        if key in _LINK_ALONE or raw != as_text(declared()[key].widget_default)
    }


def link_to_moment(plan: Plan, at: int) -> Link:
    """What a link to the moment ``at`` of ``plan``, counted from 1, holds."""
    place = plan.moments[at - 1].place
    return {PLAN: plan.id, AT: str(at)} | (link_to(place) if place else {})


def begin(page: str) -> None:
    """A run of ``page`` begins: set what its link opens, and what a press asked for.

    A link opens a section if it holds what the path's own links hold, and that section was not open
    before: then all settings of the page that it does not name take their defaults. What lies
    beside the path has a link that a learner's own choice of a tab can lead to as well: it sets
    what it names, and the others stay. Under any other link, one that was shared after a control
    was moved, say, each control takes what stands there.
    """
    state = page_state(OpeningState)
    if state.page is not None and state.page != page:
        state.left.add(state.page)
    _keep_what_was_left(page)
    put_again()
    if state.page is not None and _is_foreign(page):
        overlook_in_link(SECTION)
        keep_values_on_back()
    here, before = _without_own(link()), _without_own(state.link)
    one = _opened(page, here, first=state.page is None) if here != before else None
    if one and (state.page != page or _is_new(one, here, before)):
        _give_back()
        _set(page, one)
        if isinstance(one, Section):
            if state.sections.get(page, one.id) != one.id:
                _leave_behind()
            state.sections[page] = one.id
        # A press on a link to the page that is open leaves the address bar as it was.
        if page == state.page or link_to(one) | _kept(page) != link():
            write_link(link_to(one) | _kept(page))
    if state.page != page and link().get(PRESENT) == "on":
        # Streamlit leaves a control as it stands where a link of the app's own says otherwise.
        put({PRESENT: "on"})
    _put(state.wanted)
    state.wanted = {}
    state.page, state.link = page, link()


def _keep_what_was_left(page: str) -> None:
    """Where Back led to an address without a setting, the page's controls stand as they were left.

    On the way to another page the browser is given such an entry in its history, which lost the
    settings, and Streamlit would take it for a link that asks for every default. While the page
    was not left, that is what its bare address is, and the link of a section that sets none: Back
    undoes what moved the controls.
    """
    state, here = page_state(OpeningState), link()
    was_left = bool({page, state.page} & state.left)
    none_set = here in ({}, *(link_to(one) for one in path.sections() if one.page == page))
    if (was_left or not none_set) and not here.keys() & {*declared(), CODE}:
        keep_values_on_back()


def end() -> None:
    """The page was drawn: what its controls made of the link is nothing that a link opened."""
    page_state(OpeningState).link = link()


def lend(wanted: Mapping[str, object]) -> None:
    """A task is about to put ``wanted``: its seed goes again when the next section is opened."""
    lent = page_state(OpeningState).lent
    for key in STAYS & set(wanted):
        before = lent[key][1] if key in lent else value(key)
        lent[key] = (wanted[key], before)


def _leave_behind() -> None:
    """Another section of a page begins: steps and runs of the one before are nothing of it."""
    stepping.close_all()
    page_state(TrainingState).anew = True


def _give_back() -> None:
    lent = page_state(OpeningState).lent
    put({key: before for key, (now, before) in lent.items() if value(key) == now})
    lent.clear()


def want(wanted: Mapping[str, str]) -> None:
    """Put these settings where they are wanted, as a link writes them, with the next run."""
    page_state(OpeningState).wanted = dict(wanted)


def _is_new(one: Section | Deeper, here: dict[str, str], before: dict[str, str]) -> bool:
    """Whether the link ``here`` came to open ``one``; what it no longer holds opens nothing.

    Where the same section is opened again, its link says other than the controls, which stand as
    they were left; what a learner chose by a control, the control says too.
    """
    changed = {key for key in here if here[key] != before.get(key)}
    if changed & {SECTION, PLAN, AT} or isinstance(one, Deeper):
        return bool(changed)
    moved = changed & declared().keys()
    return any(as_text(value(key)) != here[key] for key in moved)


def _is_foreign(page: str) -> bool:
    """Whether the link names a section of another page.

    Streamlit gives the browser such an entry in its history on the way from page to page. To change
    the address there would give it one more, and Back would never get past it.
    """
    named = path.section(link().get(SECTION, ""))
    return named is not None and named.page != page


def _opened(page: str, here: dict[str, str], *, first: bool) -> Section | Deeper | None:
    """What the link's content ``here`` opens on ``page``."""
    here = {key: raw for key, raw in here.items() if key not in {PLAN, AT}}
    shown = showing.now()
    if shown and (place := shown.moment.place) and place.page == page:
        # A plan and a number alone, as a short link or one written by hand has them, open it too.
        return place if here in ({}, _as_read(link_to(place))) else None
    beside = [deeper for chapter in path.chapters() for deeper in chapter.deeper]
    every: tuple[Section | Deeper, ...] = (*path.sections(), *beside)
    for one in every if page in settings.OF_PAGE else ():
        whole = one.query if isinstance(one, Section) else dict(one.settings)
        # A section's number alone, written by hand, opens it too.
        bare = isinstance(one, Section) and first and here == {SECTION: one.id}
        if one.page == page and (here in (whole, _as_read(link_to(one))) or bare):
            return one
    return None


def _set(page: str, one: Section | Deeper) -> None:
    for control in settings.OF_PAGE[page]:
        if isinstance(one, Deeper) and control.key not in one.settings:
            continue
        raw = one.settings.get(control.key, as_text(control.widget_default))
        # What stands there already is not put: Streamlit would write it into the link.
        if control.key not in STAYS | _LINK_ALONE and as_text(value(control.key)) != raw:
            put({control.key: control.held(raw)})
    # The picture of the graph begins again, at the moment that the link names.
    graph = page_state(GraphState)
    graph.linked, graph.opened = None, graph.opened + 1
    forget("graph_picture")


def _put(wanted: Mapping[str, str]) -> None:
    put({key: declared()[key].held(raw) for key, raw in wanted.items()})


def _kept(page: str) -> Link:
    """What the link to ``page`` goes on to hold: an open task or plan, and what no section sets."""
    here = link()
    task: Link = {key: here[key] for key in (TASK, PLAN, AT) if key in here}
    shown = (*settings.shared.CONTROLS, *settings.OF_PAGE[page])
    held = [one for one in shown if one.key in STAYS and is_stored(one.key)]
    # On a visit's first run nothing is stored: then the link says it, looked through by now.
    told = {one.key: link()[one.key] for one in shown if one.key in STAYS & set(link())}
    return (
        task
        | told
        | {one.key: as_text(value(one.key)) for one in held if value(one.key) != one.widget_default}
    )


def _without_own(linked: dict[str, str]) -> dict[str, str]:
    return {key: raw for key, raw in linked.items() if key not in STAYS | {TASK}}


def _as_read(written: Link) -> dict[str, str]:
    return {key: raw if isinstance(raw, str) else ", ".join(raw) for key, raw in written.items()}
