"""Check a goal: what the learner set on the page is run again, from elsewhere or on other data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from groundup.course.tasks import goals_of_loop, goals_of_network, goals_of_slopes
from groundup.course.tasks.reaching import Reached, Settings, WrongSettingError
from groundup.course.tasks.task import Task, Verdict


class Goal(NamedTuple):
    """``check`` runs what ``settings`` ask for; where each attempt is on new data, ``begin`` gives
    its settings, and ``reach`` those that reach it from there."""

    check: Callable[[Settings], Reached]
    begin: Callable[[int], Settings] | None = None
    reach: Callable[[Settings], Settings] | None = None


GOALS = {
    "right-rate": Goal(goals_of_slopes.right_rate),
    "grad-2b": Goal(goals_of_slopes.twice_b),
    "by-hand-8": Goal(goals_of_loop.by_hand, goals_of_loop.new_line, goals_of_loop.same_line),
    "edge": Goal(goals_of_loop.edge, goals_of_loop.new_data, goals_of_loop.below_limit),
    "95-with-30": Goal(goals_of_network.small_network),
}


def new_goal(task: Task, attempt: int = 0) -> Mapping[str, object]:
    """What the page is set to, by public keys, when ``task`` begins for the ``attempt``-th time.

    Equal attempts are equal. Some goals are on new data at each.
    """
    begin = GOALS[task.id].begin
    return {**task.settings, **(begin(attempt) if begin else {})}


def reaching(task: Task, attempt: int = 0) -> Mapping[str, object]:
    """Settings that reach the goal of the ``attempt``: its solution, shown by the page itself."""
    begin, reach = new_goal(task, attempt), GOALS[task.id].reach
    return {**begin, **task.reached, **(reach(begin) if reach else {})}


def check_goal(task: Task, settings: Mapping[str, object]) -> Verdict:
    """Run the page's lesson with ``settings``, the values of its controls by their public key.

    Of a goal with attempts, the data are those of ``settings``.
    """
    try:
        reached = GOALS[task.id].check(settings)
    except WrongSettingError as error:
        return Verdict("not yet", str(error))
    sentence = reached.sentence
    if isinstance(sentence, int):
        sentence = task.foreseen[sentence].said
    return Verdict("right" if reached.right else "not yet", sentence, got=reached.got)
