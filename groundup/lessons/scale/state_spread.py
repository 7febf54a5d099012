"""A training whose state is spread out over workers: what each keeps, and what it sends.

Alone, one worker keeps everything: python state_spread.py. Two share it out under torchrun:
torchrun --nproc-per-node 2 state_spread.py
"""

import os

import torch
import torch.distributed as dist
from torch import nn

seed = 0                # which random numbers are drawn: 0 to 999999
steps = 3               # training steps: 1 to 50
learning_rate = 0.01    # how far each step goes: 0.0001 to 1
examples = 8            # examples of each worker: 1 to 512
hidden = 16             # numbers that describe one example: 1 to 512
intermediate = 64       # neurons in between: 1 to 2048

rank = int(os.environ.get("RANK", "0"))
workers = int(os.environ.get("WORLD_SIZE", "1"))
if workers > 1:
    dist.init_process_group("gloo")


def make():
    torch.manual_seed(seed)
    return nn.Sequential(
        nn.Linear(hidden, intermediate), nn.GELU(), nn.Linear(intermediate, hidden)
    )


model = make()
X = torch.randn(workers, examples, hidden)
y_true = torch.sin(X)

# All weights in one row of equal parts, one a worker; zeros fill up the last part
shapes = [p.shape for p in model.parameters()]
count = sum(shape.numel() for shape in shapes)
part = -(-count // workers)
mine = slice(rank * part, (rank + 1) * part)


def in_one_row(tensors):
    row = torch.zeros(part * workers)
    row[:count] = torch.cat([t.detach().flatten() for t in tensors])
    return row


def use(row):
    """The model's parameters become pieces of the row, and take no memory of their own."""
    sizes = [shape.numel() for shape in shapes]
    for p, piece, shape in zip(model.parameters(), row[:count].split(sizes), shapes, strict=True):
        p.data = piece.view(shape)


sent = []


def averaged_part(row):
    """The workers' rows, averaged: each gets its own part of the result."""
    own_part = row[mine].clone()
    if workers > 1:
        dist.reduce_scatter(own_part, list(row.chunk(workers)))
    sent.append(("reduce-scatter", 4 * part * (workers - 1)))
    return own_part / workers


def gathered(own_part):
    """The parts of all workers, one after the other: each gets the whole row."""
    everyone = [own_part.clone() for _ in range(workers)]
    if workers > 1:
        dist.all_gather(everyone, own_part)
    sent.append(("all-gather", 4 * part * (workers - 1)))
    return torch.cat(everyone)


# What this worker keeps from step to step
weights = in_one_row(model.parameters())
own = nn.Parameter(weights)
optimizer = torch.optim.Adam([own], lr=learning_rate)

for step in range(steps):
    use(weights)
    sent.clear()

    # Forward pass, loss and backward pass, on this worker's own examples
    loss = nn.functional.mse_loss(model(X[rank]), y_true[rank])
    loss.backward()
    gradient = in_one_row(p.grad for p in model.parameters())
    model.zero_grad()

    # The average of all workers' gradients: an all-reduce, in its two halves
    gradient = gathered(averaged_part(gradient))
    own.grad = gradient
    optimizer.step()


def stored(tensors):
    """Bytes of the memory behind the tensors, what several share counted once."""
    blocks = {t.untyped_storage().data_ptr(): t.untyped_storage().nbytes() for t in tensors}
    return sum(blocks.values())


remembered = [t for t in optimizer.state[own].values() if t.dim()]
held = {
    "weights": stored([own, *model.parameters()]),
    "gradients": stored([gradient]),
    "optimizer": stored(remembered),
}
print(f"worker {rank} of {workers} keeps, of {count} weights:")
for name, size in held.items():
    print(f"{name:10} {size:>8,} bytes")
sent_in_a_step = sum(size for _, size in sent)
print(f"and sends in a step {sent_in_a_step:,} bytes")

# One process with everybody's examples
trained = gathered(own.detach()) if own.numel() < part * workers else own.detach()
model = make()
optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
for step in range(steps):
    loss = nn.functional.mse_loss(model(X.flatten(0, 1)), y_true.flatten(0, 1))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
difference = (trained - in_one_row(model.parameters())).abs().max().item()
print(f"largest difference to one process {difference:.3g}")

if workers > 1:
    dist.destroy_process_group()
