"""What a learner did on the path: kept in their browser, never on the server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from groundup.course.answers import right
from groundup.course.path import Chapter, Question, Section, sections
from groundup.course.review import mixed
from groundup.course.tasks import tasks, tasks_of

How = Literal["solved", "shown"]
HOW: tuple[How, ...] = ("solved", "shown")
OUTCOMES = ("right", "wrong")
"""What is kept of a question whose answer was typed."""


class Figures(NamedTuple):
    """A learner's numbers, each beside how many there are in all."""

    right: int
    answered: int
    asked: int
    solved: int
    shown: int
    tasks: int
    recalled: int
    mixed: int


@dataclass(frozen=True)
class Progress:
    """First answers (question id to the chosen words) and tasks (id to how they were done).

    Of the mixed questions at the end, whose answers are typed, one of :data:`OUTCOMES` is kept.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    tasks: Mapping[str, How] = field(default_factory=dict)

    def answered(self, question: str, choice: str) -> Progress:
        """With an answer more; a first one stays."""
        return replace(self, answers={question: choice, **self.answers})

    def did(self, task: str, how: How) -> Progress:
        """With a task done. What was solved stays so; what was shown before does not count."""
        return replace(self, tasks={task: how, **self.tasks})

    def merged(self, later: Progress) -> Progress:
        """With what was done elsewhere: first answers stay, and solved counts more than shown."""
        solved: dict[str, How] = {
            name: "solved" for name, how in later.tasks.items() if how == "solved"
        }
        return Progress({**later.answers, **self.answers}, {**later.tasks, **self.tasks, **solved})

    def done(self, section: Section) -> bool:
        """Whether every question was answered, and the first task solved or looked at."""
        asked = all(one.id in self.answers for one in section.questions)
        return asked and all(one.id in self.tasks for one in tasks_of(section.id)[:1])

    def count(self, chapter: Chapter) -> int:
        """How many of the chapter's sections are done."""
        return sum(map(self.done, chapter.sections))

    def missed(self, chapter: Chapter) -> tuple[Question, ...]:
        """The chapter's questions whose first answer was not right."""
        asked = (one for section in chapter.sections for one in section.questions)
        given = (one for one in asked if one.id in self.answers)
        return tuple(one for one in given if self.answers[one.id] != right(one))


def next_section(progress: Progress) -> Section | None:
    """Where to go on: the first section that is not done; nothing where all are."""
    return next((one for one in sections() if not progress.done(one)), None)


def minutes_left(progress: Progress) -> int:
    """Minutes that the sections take which are not done, by the path's own estimate."""
    return sum(one.minutes for one in sections() if not progress.done(one))


def in_words(minutes: int) -> str:
    """So many minutes as one says them, to half an hour: "three hours", "40 minutes"."""
    halves = round(minutes / 30)
    return _HALF_HOURS.get(halves, f"{minutes} minutes")


_HALF_HOURS = {
    2: "an hour",
    3: "one and a half hours",
    4: "two hours",
    5: "two and a half hours",
    6: "three hours",
    7: "three and a half hours",
    8: "four hours",
}


def figures(progress: Progress) -> Figures:
    """The numbers of ``progress``; of what is not on the path nothing counts."""
    asked = [one for section in sections() for one in section.questions]
    given = [one for one in asked if one.id in progress.answers]
    done = [progress.tasks.get(one.id) for one in tasks()]
    typed = [progress.answers.get(one.id) for one in mixed()]
    return Figures(
        right=sum(progress.answers[one.id] == right(one) for one in given),
        answered=len(given),
        asked=len(asked),
        solved=done.count("solved"),
        shown=done.count("shown"),
        tasks=len(done),
        recalled=typed.count("right"),
        mixed=len(typed),
    )
