"""A script of the user's own, opened on their own machine: read, watched, run and recorded.

It is Python without bounds, so it is opened by the command that starts the process and by nothing
else (:mod:`groundup.opened.held`), and it runs in a process of its own.
"""

from groundup.opened.held import current, hold
from groundup.opened.opened_file import LIMITS, OpenedFile, Traced
from groundup.opened.reading import UnreadableError

__all__ = ["LIMITS", "OpenedFile", "Traced", "UnreadableError", "current", "hold"]
