"""The inputs of all tasks that are written or ordered, by the task's id."""

from __future__ import annotations

from groundup.course.tasks import chapter_1, chapter_2, chapter_3, chapter_4, chapter_5, chapter_6
from groundup.course.tasks.drawn import Unseen

_CHAPTERS = (chapter_1, chapter_2, chapter_3, chapter_4, chapter_5, chapter_6)

UNSEEN: dict[str, Unseen] = {
    name: one for chapter in _CHAPTERS for name, one in chapter.UNSEEN.items()
}
