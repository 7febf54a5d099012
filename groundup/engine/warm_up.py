"""What torch does only at its first use: done once, before anybody waits for it."""

from __future__ import annotations

import torch

from groundup.engine import devices, lesson, observe


def warm_up() -> None:
    """Make torch import and start all that a lesson will ask of it."""
    # The toy lessons are too small to share between threads, and a class of thirty is not.
    torch.set_num_threads(1)
    weight = torch.nn.Linear(1, 1).weight
    weight.grad = torch.zeros_like(weight)
    # An optimizer brings torch._dynamo.
    torch.optim.Adam([weight]).step()
    # The first arithmetic on the meta device, where typed programs are sized, imports for a second.
    _ = torch.empty(1, device="meta").exp() * 2
    observe.run(lesson.load("training_loop").set(epochs=1).text)
    devices.devices()
