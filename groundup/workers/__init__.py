"""A lesson of ours on several real processes of this machine, watched from outside.

Each worker runs the same text, in the environment that ``torchrun`` would give it, so the text runs
there unchanged. :func:`run_on_workers` starts them, hands over what their variables hold after
every step, and leaves no process, port or file behind, however it ends. It is for texts of the
app's own with checked parameters: what a visitor typed never runs here.
"""

from groundup.workers.job import Event, Job, WorkersError
from groundup.workers.launcher import Launcher, one_at_a_time, run_on_workers

__all__ = ["Event", "Job", "Launcher", "WorkersError", "one_at_a_time", "run_on_workers"]
