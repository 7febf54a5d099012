"""Lines to be put in order."""

from __future__ import annotations

from functools import partial

from groundup.course.tasks import Task
from groundup.ui.components.ordering import arranged, board
from groundup.ui.controls.heard import heard
from groundup.ui.course import steps
from groundup.ui.course.cards import APART, joined, places_of
from groundup.ui.course.drafts import Draft, draft_of, session
from groundup.ui.course.pane import Pane
from groundup.ui.course.write_pane import height_of, lines_of, run_label


def order_pane(task: Task, draft: Draft) -> None:
    """The board; its order is taken up, and checked when that is asked for."""
    verdict = draft.verdict
    is_of_this = verdict is not None and verdict.state != "right" and not draft.stale
    blocks = task.blocks
    board(
        blocks,
        key=f"stage_order_{task.id}",
        given=Pane.of(task).before.rstrip("\n"),
        apart=APART,
        session=session(),
        order=draft.order,
        places=places_of(task, draft.text),
        failed=verdict.line if verdict and is_of_this else None,
        steps=steps.are_there(draft),
        run=run_label(draft),
        done=draft.is_right,
        height=height_of(lines_of(task)),
        on_places=partial(_taken, task),
        on_run=partial(_run, task),
        on_steps=partial(_to_steps, task),
    )


def _taken(task: Task) -> None:
    _take(task, "places")


def _run(task: Task) -> None:
    if _take(task, "run"):
        draft_of(task).wanted = True


def _take(task: Task, what: str) -> bool:
    blocks, draft = task.blocks, draft_of(task)
    told = arranged(f"stage_order_{task.id}", what, len(blocks))
    if told is None or told.order != draft.order:
        return False
    draft.text = joined(blocks, told.places)
    return True


def _to_steps(task: Task) -> None:
    if heard(f"stage_order_{task.id}", "steps"):
        steps.begin(draft_of(task))
