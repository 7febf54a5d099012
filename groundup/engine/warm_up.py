"""What torch does only at its first use: done once, before anybody waits for it."""

from __future__ import annotations

import sys

import torch

from groundup.engine import devices, lesson, observe

SWITCH_SECONDS = 0.001
"""How long a thread may keep Python to itself while others wait for it.

Torch lets go of Python in every ``backward()``. With Python's own 5 ms, a loop that does so gets
one epoch done each time another learner's page has had its 5 ms: thirty presses of Train took 33 s
beside one slider that was being dragged, and take 12 s so.
"""


def warm_up() -> None:
    """Make torch import and start all that a lesson will ask of it."""
    sys.setswitchinterval(SWITCH_SECONDS)
    # The toy lessons are too small to share between threads, and a class of thirty is not.
    torch.set_num_threads(1)
    weight = torch.nn.Linear(1, 1).weight
    weight.grad = torch.zeros_like(weight)
    torch.optim.Adam([weight]).step()
    # The first arithmetic on the meta device, where typed programs are sized, imports for a second.
    _ = torch.empty(1, device="meta").exp() * 2
    observe.run(lesson.load("training_loop").set(epochs=1).text)
    devices.devices()
