"""The inputs of all tasks that are written or ordered, by the task's id."""

from __future__ import annotations

from groundup.course.tasks import chapter_1
from groundup.course.tasks.drawn import Unseen

UNSEEN: dict[str, Unseen] = {**chapter_1.UNSEEN}
