"""Room: one question that a whole class answers at once."""

from groundup.ui.classroom import page

page.show()
