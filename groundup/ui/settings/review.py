"""The control of the review page: whose card is shown."""

from groundup.course.path import chapters
from groundup.ui.controls.declaration import Control

NUMBERS = tuple(str(chapter.number) for chapter in chapters())

CONTROLS = (Control("chapter", "Chapter", "segments", NUMBERS[0], options=NUMBERS),)
