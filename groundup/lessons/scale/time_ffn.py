"""How long a feed-forward block takes on this machine, as it grows wider."""

import time

import torch
from torch import nn

widths = [64, 128, 256, 512]    # hidden sizes, in this order
ratio = 3.5                     # intermediate / hidden: 1 to 8
tokens = [1, 128]               # how many go through together
repeats = 3                     # the fastest of so many is kept: 1 to 10
threads = 1                     # processor cores at work: 1 to 64
seed = 0                        # which random numbers are drawn: 0 to 999999


def measure(model, x):
    """Seconds of one forward and one backward pass, on the CPU.

    On a GPU use torch.utils.benchmark.Timer, which waits until its work is done.
    """
    model.zero_grad()
    start = time.perf_counter()
    loss = model(x).square().mean()
    middle = time.perf_counter()
    loss.backward()
    return middle - start, time.perf_counter() - middle


torch.set_num_threads(threads)
torch.manual_seed(seed)

results = []
for width in widths:
    inside = int(ratio * width)
    model = nn.Sequential(nn.Linear(width, inside), nn.GELU(), nn.Linear(inside, width))
    for count in tokens:
        x = torch.randn(count, width, requires_grad=True)
        best = None
        for attempt in range(repeats + 1):
            found = measure(model, x)
            # The first pass only warms up
            if attempt and (best is None or sum(found) < sum(best)):
                best = found
        forward, backward = best
        results.append((width, inside, count, forward, backward))
        print(f"{width:5} x {inside:5}, {count:3} tokens: {forward:.3g} s and {backward:.3g} s")
        del x
    del model
