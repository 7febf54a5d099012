"""Train on one machine or on many, and go on from the last checkpoint when a worker was lost."""

import os

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

learning_rate = 0.05    # how far each step goes: 0.0001 to 1
epochs = 200            # steps, counted over all starts: 1 to 1000
save_every = 25         # steps from one checkpoint to the next: 1 to 1000
checkpoint = ""         # the file that it goes on from, on a disk that all workers see
seed = 0                # which random numbers are drawn: 0 to 999999
examples = 64           # in a batch, for all workers together: 4 to 4096
hidden = 32             # neurons in between: 1 to 4096

# One worker a GPU where there are some, and processor cores where there are none
on_gpu = torch.cuda.is_available()
device = f"cuda:{os.environ.get('LOCAL_RANK', '0')}" if on_gpu else "cpu"
backend = "nccl" if on_gpu else "gloo"

# torchrun says who each worker is; started alone, it is one of one
if dist.is_torchelastic_launched():
    dist.init_process_group(backend)
else:
    store = dist.HashStore()
    dist.init_process_group(backend, store=store, rank=0, world_size=1)
rank, workers = dist.get_rank(), dist.get_world_size()

torch.manual_seed(seed)
X = torch.linspace(-1, 1, 4 * examples).unsqueeze(1)
y_true = torch.sin(6 * X) + 0.05 * torch.randn(4 * examples, 1)
model = nn.Sequential(nn.Linear(1, hidden), nn.GELU(), nn.Linear(hidden, 1)).to(device)
model = DistributedDataParallel(model)
loss_fn = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)

# Go on where the last checkpoint was written
first = 0
if os.path.exists(checkpoint):
    saved = torch.load(checkpoint, map_location=device, weights_only=True)
    model.module.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    first = saved["steps"]

for epoch in range(first, epochs):
    # Every worker shuffles alike, by the number of the step, and takes its own share
    order = torch.randperm(len(X), generator=torch.Generator().manual_seed(epoch))
    mine = order[:examples].tensor_split(workers)[rank]
    y_hat = model(X[mine].to(device))
    loss = loss_fn(y_hat, y_true[mine].to(device))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

    # The loss of the whole batch is the mean of theirs
    whole = loss.detach().clone()
    dist.all_reduce(whole)
    whole /= workers
    steps = epoch + 1
    if rank == 0 and steps % save_every == 0:
        print(f"step {steps} on {workers} workers: loss {whole.item():.6f}")
        states = {"model": model.module.state_dict(), "optimizer": optimizer.state_dict()}
        if checkpoint:
            torch.save({"steps": steps, **states}, checkpoint + ".half")
            # Only a file that is whole takes the former one's place
            os.replace(checkpoint + ".half", checkpoint)

weights = [p.detach().cpu().flatten() for p in model.parameters()]
# The model goes before its group: freed after it, it can wait forever
del model
dist.destroy_process_group()
