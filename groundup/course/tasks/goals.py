"""Goals."""

from __future__ import annotations

from collections.abc import Mapping

from groundup.course.tasks.task import Task, Verdict


def check_goal(task: Task, settings: Mapping[str, object]) -> Verdict:
    """Run the page's lesson with ``settings``."""
    raise NotImplementedError


def new_goal(task: Task, attempt: int) -> Mapping[str, object]:
    """Settings."""
    return task.settings
