"""The learner's text among the lines that were given: as the pane shows it."""

from __future__ import annotations

from dataclasses import dataclass

from groundup.course.tasks import Task
from groundup.ui.components.gaps import holds, pieces


@dataclass(frozen=True)
class Pane:
    """What stands before and after the learner's text, and which of its own pieces stay."""

    before: str
    after: str
    locked: tuple[str, ...]

    @classmethod
    def of(cls, task: Task) -> Pane:
        """The pane of a task to write or to order."""
        apart = "\n" if task.text[:1] == " " else "\n\n"
        before = f"{task.given}{apart}" if task.given else ""
        after = f"\n\n{task.after}" if task.after else ""
        shown = f"{before}{task.text}{after}"
        own = _own_lines(task)
        first = before.count("\n")
        lines = shown.split("\n")
        is_open = [n - first in own for n in range(len(lines))]
        return cls(before, after, pieces(lines, is_open))

    @property
    def aside(self) -> tuple[int, int]:
        """How many lines stand before and after the learner's text."""
        return self.before.count("\n"), self.after.count("\n")

    def shown(self, text: str) -> str:
        """The learner's ``text`` among the given lines: a whole program."""
        return f"{self.before}{text}{self.after}"

    def typed(self, whole: str) -> str | None:
        """The learner's own text of what the pane says; None where a given line was changed."""
        if not holds(self.locked, whole):
            return None
        return whole[len(self.before) : len(whole) - len(self.after)]


def _own_lines(task: Task) -> range:
    """The lines of the task's text, from 0, that may be changed: those of its gap, or all."""
    gap = task.gap
    if not gap:
        return range(task.text.count("\n") + 1)
    first = task.text[: task.text.index(gap)].count("\n")
    return range(first, first + gap.count("\n") + 1)
