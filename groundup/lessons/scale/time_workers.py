"""Time a training step on one worker and on several, and how long sending the gradients takes."""

import time

import torch
import torch.distributed as dist
from torch import nn

widths = [64, 128, 256]         # numbers that describe one example, block by block
batches = [8, 32, 128, 512]     # examples in a batch, for all workers together
repeats = 5                     # times that each step is timed, to take the middle one: 1 to 100

# torchrun says who each worker is; started alone, it is one of one
if dist.is_torchelastic_launched():
    dist.init_process_group("gloo")
else:
    store = dist.HashStore()
    dist.init_process_group("gloo", store=store, rank=0, world_size=1)
rank, workers = dist.get_rank(), dist.get_world_size()
torch.set_num_threads(1)
torch.manual_seed(0)


def compute(model, x):
    model.zero_grad()
    model(x).square().mean().backward()


def middle_time(work, *given):
    # All begin together; the first time is to warm up, and is not counted. The slowest counts.
    times = []
    for _ in range(repeats + 1):
        dist.barrier()
        start = time.perf_counter()
        work(*given)
        times.append(time.perf_counter() - start)
    middle = torch.tensor(sorted(times[1:])[repeats // 2], dtype=torch.float64)
    dist.all_reduce(middle, op=dist.ReduceOp.MAX)
    return middle.item()


def idle(*given):
    pass


results = []
plan = [(width, batch) for width in widths for batch in batches]
for step in range(len(plan)):
    width, batch = plan[step]
    model = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
    x = torch.randn(batch, width)
    # The whole batch on worker 0, while the others wait
    alone = middle_time(compute if rank == 0 else idle, model, x)
    # Each its share, all at once
    share = middle_time(compute, model, x.tensor_split(workers)[rank])
    gradients = torch.cat([p.grad.flatten() for p in model.parameters()])
    send = middle_time(dist.all_reduce, gradients)
    row = {"width": width, "batch": batch, "bytes": gradients.nbytes}
    row |= {"alone": alone, "share": share, "send": send}
    results.append(row)

if rank == 0:
    print("width  batch    sent bytes   alone ms   share ms    send ms")
    for row in results:
        times = [f"{1000 * row[name]:10.3f}" for name in ("alone", "share", "send")]
        print(f"{row['width']:5} {row['batch']:6} {row['bytes']:13,}", *times)
dist.destroy_process_group()
