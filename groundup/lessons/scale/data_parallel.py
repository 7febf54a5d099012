"""Train on several workers: each has the whole model, and its own share of the batch."""

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

learning_rate = 0.1     # how far each step goes: 0.0001 to 1
epochs = 12             # steps, each with the whole batch: 1 to 100
seed = 0                # which random numbers are drawn: 0 to 999999
examples = 16           # in a batch, for all workers together: 4 to 64

# torchrun says who each worker is; started alone, it is one of one
if dist.is_torchelastic_launched():
    dist.init_process_group("gloo")
else:
    store = dist.HashStore()
    dist.init_process_group("gloo", store=store, rank=0, world_size=1)
rank, workers = dist.get_rank(), dist.get_world_size()

torch.manual_seed(seed)
X = 4 * torch.rand(examples, 1) - 1
y_true = 2 * X + 1 + 0.1 * torch.randn(examples, 1)
# Of the batch, each worker takes its own share
mine = torch.arange(examples).tensor_split(workers)[rank]
X, y_true = X[mine], y_true[mine]

model = nn.Linear(1, 1)
model = DistributedDataParallel(model)
loss_fn = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)

for epoch in range(epochs):
    y_hat = model(X)
    loss = loss_fn(y_hat, y_true)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

w, b = [p.item() for p in model.parameters()]
print(f"worker {rank} of {workers}: w = {w:.6f}, b = {b:.6f}")
# The model goes before its group: freed after it, it can wait forever
del model
dist.destroy_process_group()
