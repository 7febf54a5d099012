"""Your code: the learner's own lines, run, stepped through and explained."""

from groundup.ui.components.editing import load_editor
from groundup.ui.course.body import alone
from groundup.ui.your_code import page

alone(page.whole)
load_editor()
