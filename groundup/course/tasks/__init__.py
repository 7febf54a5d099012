"""Tasks: something to write or to reach, checked by running it on inputs that were not shown.

A chapter's tasks stand in ``chapter_N.toml``, and what cannot be told in words in ``chapter_N.py``:
how unseen inputs are drawn (as text, a program's lines), and what is right for them.
"""

from groundup.course.tasks.checking import check_text
from groundup.course.tasks.goals import check_goal, new_goal, reaching
from groundup.course.tasks.listed import task, tasks, tasks_of
from groundup.course.tasks.task import GAP, Foreseen, Kind, State, Task, Verdict, Way

__all__ = [
    "GAP",
    "Foreseen",
    "Kind",
    "State",
    "Task",
    "Verdict",
    "Way",
    "check_goal",
    "check_text",
    "new_goal",
    "reaching",
    "task",
    "tasks",
    "tasks_of",
]
