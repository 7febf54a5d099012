"""What a learner did on the path: kept in their browser, never on the server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from groundup.course.path import Section
from groundup.course.tasks import tasks_of

How = Literal["solved", "shown"]


@dataclass(frozen=True)
class Progress:
    """First answers (question id to the chosen words) and tasks (id to how they were done)."""

    answers: Mapping[str, str] = field(default_factory=dict)
    tasks: Mapping[str, How] = field(default_factory=dict)

    def answered(self, question: str, choice: str) -> Progress:
        """With an answer more; a first one stays."""
        return replace(self, answers={question: choice, **self.answers})

    def did(self, task: str, how: How) -> Progress:
        """With a task done. What was solved stays so; what was shown before does not count."""
        return replace(self, tasks={task: how, **self.tasks})

    def done(self, section: Section) -> bool:
        """Whether every question was answered, and the first task solved or looked at."""
        asked = all(one.id in self.answers for one in section.questions)
        return asked and all(one.id in self.tasks for one in tasks_of(section.id)[:1])
