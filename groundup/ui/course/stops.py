"""The stops of a plan: a moment's page, and before it, for a class, the vote on its question."""

from __future__ import annotations

from typing import NamedTuple

from groundup.course.plans import Plan
from groundup.ui.classroom.state import RoomState
from groundup.ui.controls.link import AT, PLAN
from groundup.ui.course.opening import Link, link_to_moment
from groundup.ui.course.showing import Showing
from groundup.ui.course.turning import Way
from groundup.ui.course.view import presents
from groundup.ui.state import page_state

VOTES = "room"
"""The page on which a class votes."""


class Stop(NamedTuple):
    """The moment ``at`` of a plan, counted from 1: the vote on its question, or its page."""

    at: int
    votes: bool


def stop(shown: Showing, page: str) -> Stop:
    """Where the plan stands, ``page`` being open."""
    return Stop(shown.at, page == VOTES and shown.moment.asked is not None)


def ways(shown: Showing, here: Stop) -> tuple[Way | None, Way | None]:
    """The ways back and on from ``here``; none where the plan begins or ends."""
    every = _stops(shown.plan, votes=here.votes or votes())
    at = every.index(here)
    back, onward = every[:at][-1:], every[at + 1 :][:1]
    first, second = ([_way(shown.plan, one) for one in found] for found in (back, onward))
    return next(iter(first), None), next(iter(second), None)


def begins(plan: Plan, *, present: bool = False) -> Way:
    """The way to the first stop of ``plan``."""
    return _way(plan, _stops(plan, votes=present or votes())[0], present=present)


def link_to_vote(shown: Showing) -> Link:
    """What a link to the vote on the question of the moment holds."""
    return _link_to_vote(shown.plan, shown.at)


def _link_to_vote(plan: Plan, at: int) -> Link:
    return {PLAN: plan.id, AT: str(at)}


def votes() -> bool:
    """Whether questions are put to a class: before a projector, or with a room open."""
    return presents() or page_state(RoomState).key is not None


def _stops(plan: Plan, *, votes: bool) -> list[Stop]:
    """The question first, then the page, which shows why."""
    return [
        Stop(at, is_vote)
        for at, moment in enumerate(plan.moments, 1)
        for is_vote in ((True, False) if votes and moment.asked else (False,))
    ]


def _way(plan: Plan, one: Stop, *, present: bool = False) -> Way:
    shown: Link = {"present": "on"} if present or presents() else {}
    if one.votes:
        return VOTES, _link_to_vote(plan, one.at) | shown
    return plan.moments[one.at - 1].where, link_to_moment(plan, one.at) | shown
