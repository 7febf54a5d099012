"""torch's own way to spread a model over workers: what each keeps, and what comes out.

torchrun --nproc-per-node 2 torch_splits.py
"""

import os

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard

seed = 0                # which random numbers are drawn: 0 to 999999
steps = 3               # training steps: 1 to 50
learning_rate = 0.01    # how far each step goes: 0.0001 to 1
examples = 8            # examples of each worker: 1 to 512
hidden = 16             # numbers that describe one example: 1 to 512
intermediate = 64       # neurons in between: 1 to 2048

# torchrun says who each worker is; started alone, it is one of one
alone = {"store": dist.HashStore(), "rank": 0, "world_size": 1}
dist.init_process_group("gloo", **({} if "RANK" in os.environ else alone))
rank, workers = dist.get_rank(), dist.get_world_size()
mesh = init_device_mesh("cpu", (workers,))


def make():
    torch.manual_seed(seed)
    return nn.Sequential(
        nn.Linear(hidden, intermediate), nn.GELU(), nn.Linear(intermediate, hidden)
    )


model = make()
X = torch.randn(workers, examples, hidden)
y_true = torch.sin(X)
fully_shard(model, mesh=mesh)
X_mine, y_mine = X[rank], y_true[rank]

optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
for step in range(steps):
    loss = nn.functional.mse_loss(model(X_mine), y_mine)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def kept(tensors):
    """Bytes of what lies on this worker."""
    return sum(t.to_local().numel() * t.element_size() for t in tensors)


parameters = list(model.parameters())
held = {
    "weights": kept(parameters),
    "gradients": kept(p.grad for p in parameters),
    "optimizer": kept(t for s in optimizer.state.values() for t in s.values() if t.dim()),
}
print(f"worker {rank} of {workers} keeps:")
for name, size in held.items():
    print(f"{name:10} {size:>8,} bytes")

# One process with everybody's examples
whole = make()
optimizer = torch.optim.Adam(whole.parameters(), lr=learning_rate)
for step in range(steps):
    loss = nn.functional.mse_loss(whole(X.flatten(0, 1)), y_true.flatten(0, 1))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
both = zip(model.parameters(), whole.parameters(), strict=True)
pairs = [(p.full_tensor(), q) for p, q in both]
difference = max((p - q).abs().max().item() for p, q in pairs)
print(f"largest difference to one process {difference:.3g}")
dist.destroy_process_group()
