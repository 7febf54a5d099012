"""The learner's lines in an editor, among those that were given."""

from __future__ import annotations

from functools import partial

from groundup.course.tasks import Task
from groundup.ui.components.editing import Mark, editor, typed
from groundup.ui.controls.heard import heard
from groundup.ui.course import steps
from groundup.ui.course.drafts import Draft, draft_of, say, session
from groundup.ui.course.pane import Pane
from groundup.your_code.linked import MAX_CHARACTERS, checked

_LEFT = "100dvh - 21rem"
"""What the bar above and the dock below leave of the window."""


def height_of(lines: int) -> str:
    """As high as so many lines, and some to write; never beyond the window. As CSS."""
    return f"max(12rem, min({_LEFT}, {1.25 * lines + 7:g}rem))"


def lines_of(task: Task) -> int:
    """How many lines stand in the pane when the task is solved."""
    pane = Pane.of(task)
    own = max(task.text.count("\n"), task.whole_solution.count("\n")) + 1
    return own + sum(pane.aside)


def run_label(draft: Draft) -> str:
    """What the check is called."""
    return "Check" if draft.verdict is None else "Check again"


def write_pane(task: Task, draft: Draft) -> None:
    """The editor; what is typed is taken up, and checked when that is asked for."""
    pane = Pane.of(task)
    editor(
        pane.shown(draft.text),
        key=f"stage_text_{task.id}",
        session=session(),
        order=draft.order,
        marks=_marks(draft, pane),
        most=MAX_CHARACTERS,
        steps=steps.are_there(draft),
        keeps=False,
        reads_only=False,
        height=height_of(lines_of(task)),
        on_text=partial(_taken, task),
        on_run=partial(_run, task),
        on_steps=partial(_to_steps, task),
        run=run_label(draft),
        start=pane.shown(task.text),
        locked=pane.locked,
        aside=pane.aside,
        done=draft.is_right,
    )


def _marks(draft: Draft, pane: Pane) -> list[Mark]:
    """The line that the verdict is about, where it is still the line of that text."""
    verdict = draft.verdict
    if verdict is None or verdict.line is None or verdict.state == "right" or draft.stale:
        return []
    lines = draft.text.split("\n")
    if not 1 <= verdict.line <= len(lines):
        return []
    line, width = verdict.line + pane.aside[0], len(lines[verdict.line - 1])
    return [Mark("refused", line, width + 1, line, width + 1, f"Line {verdict.line}.")]


def _taken(task: Task) -> None:
    _take(task, "text")


def _run(task: Task) -> None:
    if _take(task, "run"):
        draft_of(task).wanted = True


def _take(task: Task, what: str) -> bool:
    """Take up what was typed, if it was typed into the text that stands here now."""
    told, draft = typed(f"stage_text_{task.id}", what), draft_of(task)
    if told is None or told.order != draft.order:
        return False
    try:
        text = Pane.of(task).typed(checked(told.text))
    except ValueError as error:
        say(f"The text was not taken: {error}.")
        return False
    if text is None:
        say("The text was not taken: lines of it are given, and stay as they are.")
        return False
    draft.text = text
    return True


def _to_steps(task: Task) -> None:
    if heard(f"stage_text_{task.id}", "steps"):
        steps.begin(draft_of(task))
