"""Teach: plans to give to a class, their notes, and their sheets."""

from groundup.ui.course import teach

teach.show()
