"""The plan that is given to a class: which one the link names, and what was answered in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

import streamlit as st

from groundup.course import plans
from groundup.course.plans import OWN, Moment, Plan
from groundup.course.progress import Progress
from groundup.ui.controls.classroom import tell_answered
from groundup.ui.controls.link import AT, NOTES, PLAN, printable
from groundup.ui.state import link, page_state, write_link

_NUMBER = re.compile(r"[1-9][0-9]?", re.ASCII)


@dataclass
class ShowingState:
    """What one visit holds for a class, and no browser keeps.

    Attributes:
        own: the moments that a teacher collected or brought.
        collects: whether pages offer to collect the moment that they show.
        refused: why the file that was brought last was not taken.
        noted: the moment whose notes the last run showed.
        of: the plan that ``given`` belongs to.
        given: what was answered while it is given.
        told: the moments whose question the class answered, and saw what is right.
    """

    own: Plan | None = None
    collects: bool = False
    refused: str = ""
    noted: str = ""
    of: str = ""
    given: Progress = field(default_factory=Progress)
    told: set[int] = field(default_factory=set)


class Showing(NamedTuple):
    """A plan that is given, and its moment ``at``, counted from 1."""

    plan: Plan
    at: int

    @property
    def moment(self) -> Moment:
        """The moment that is on."""
        return self.plan.moments[self.at - 1]


def find(name: str) -> Plan | None:
    """The plan whose id is ``name``, the teacher's own among them."""
    return page_state(ShowingState).own if name == OWN else plans.plan(name)


def now() -> Showing | None:
    """What the link gives to a class; nothing where it names no plan, or no moment of it."""
    here = link()
    plan = find(here[PLAN]) if PLAN in here else None
    at = moment_in(plan, here.get(AT, "1")) if plan else 0
    return Showing(plan, at) if plan and at else None


def moment_in(plan: Plan, raw: str) -> int:
    """The number of the moment that ``raw`` names, from 1; 0 where it names none."""
    return int(raw) if _NUMBER.fullmatch(raw) and int(raw) <= len(plan.moments) else 0


def follow() -> None:
    """Begin with no answers where another plan is given, or none; the address follows the notes."""
    state, shown, here = page_state(ShowingState), now(), link()
    noted = here.get(AT, "") if NOTES in here else ""
    if noted and state.noted != noted:
        # A press on a link to the page that is open leaves the address as it was.
        write_link(here)
    state.noted = noted
    of = shown.plan.id if shown else ""
    if state.of != of:
        state.of, state.given, state.told = of, Progress(), set()
    # What is asked aloud, is not asked by the page.
    tell_answered(has_answered=bool(shown and (not shown.moment.asked or shown.at in state.told)))


def given() -> Progress:
    """What was answered while the plan is given."""
    return page_state(ShowingState).given


def give(new: Progress) -> None:
    """From now on this was answered; it is forgotten with the plan."""
    page_state(ShowingState).given = new


def tell(shown: Showing) -> None:
    """The class saw what is right of the moment that is on: its page need not ask again."""
    page_state(ShowingState).told.add(shown.at)


def say_refused() -> None:
    """Say so where the link names a plan or a moment that there is not."""
    here = link()
    if PLAN in here and not (plan := find(here[PLAN])):
        st.warning(f"`{PLAN}={printable(here[PLAN])}` was not used: {missing(here[PLAN])}.")
    elif AT in here and not {PLAN, NOTES} & set(here):
        st.warning(f"`{AT}={printable(here[AT])}` was not used: the link names no plan.")
    elif PLAN in here and plan and not moment_in(plan, here.get(AT, "1")):
        said = f"`{AT}={printable(here[AT])}` was not used: the plan has"
        st.warning(f"{said} the moments 1 to {len(plan.moments)}.")


def missing(name: str) -> str:
    """Why there is no plan called ``name``."""
    names = ", ".join(one.id for one in plans.plans())
    own = "a plan of your own lives in one visit, and you bring its file on the page Teach"
    return own if name == OWN else f"choose one of {names}"
