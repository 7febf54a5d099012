"""One starter of workers for all tests of this folder: it imports torch once."""

import os

import pytest

from groundup.workers import Job, Launcher, WorkersError

LOOP = """
import os
import time
import torch
import torch.distributed as dist

dist.init_process_group("gloo")
rank = dist.get_rank()
for step in range({steps}):
    total = torch.tensor(float(rank + step))
    dist.all_reduce(total)
    {line}
dist.destroy_process_group()
"""


def text(line: str = "pass", steps: int = 3) -> str:
    """A loop of all-reduces with ``line`` in each pass."""
    return LOOP.format(line=line, steps=steps)


def is_there(pid: int) -> bool:
    """Whether there is such a process; one that ended and was not fetched counts."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class Workers:
    """Runs jobs on one starter, a new one where a test ended the former."""

    def __init__(self) -> None:
        self.launcher = Launcher()

    def events(self, job: Job, **more) -> list:
        return list(self.launcher.run(job, **more))

    def ended(self, job: Job, **more) -> tuple[WorkersError, list[int]]:
        """How ``job`` ended before its end, and the processes that it had."""
        pids = []
        try:
            for event in self.launcher.run(job, **more):
                pids += [event.numbers["pid"]] if event.kind == "begun" else []
        except WorkersError as error:
            return error, pids
        pytest.fail("the workers came to their end")


@pytest.fixture(scope="session")
def workers():
    made = Workers()
    yield made
    made.launcher.close()
