"""How long a feed-forward block takes on this machine, as it grows wider."""

import math
import sys
import time

import torch
from torch import nn

widths = [64, 128, 256, 512]    # hidden sizes, in this order
ratio = 3.5                     # intermediate / hidden: 1 to 8
tokens = [1, 128]               # how many go through together
repeats = 3                     # the fastest of so many is kept: 1 to 10
threads = 1                     # processor cores at work: 1 to 64
seed = 0                        # which random numbers are drawn: 0 to 999999

# The time of one core at this work, without what it does for others meanwhile; for several cores,
# and on Windows, the time on the wall
alone = threads == 1 and sys.platform != "win32"
clock = time.thread_time if alone else time.perf_counter


def measure(model, x):
    """Seconds of one forward and one backward pass, on the CPU.

    On a GPU use torch.utils.benchmark.Timer, which waits until its work is done.
    """
    model.zero_grad()
    start = clock()
    loss = model(x).square().mean()
    middle = clock()
    loss.backward()
    return middle - start, clock() - middle


torch.set_num_threads(threads)
torch.manual_seed(seed)

results = []
for width in widths:
    inside = int(ratio * width)
    model = nn.Sequential(nn.Linear(width, inside), nn.GELU(), nn.Linear(inside, width))
    for count in tokens:
        x = torch.randn(count, width, requires_grad=True)
        forward = backward = math.inf
        for attempt in range(repeats + 1):
            there, back = measure(model, x)
            # The first pass only warms up
            if attempt:
                forward, backward = min(forward, there), min(backward, back)
        results.append((width, inside, count, forward, backward))
        print(f"{width:5} x {inside:5}, {count:3} tokens: {forward:.3g} s and {backward:.3g} s")
        del x
    del model
