"""Freeze a layer, so that it keeps what it knows."""

import torch
from torch import nn

generator = torch.Generator().manual_seed(0)
X = torch.randn(100, 2, generator=generator)
y = X[:, :1] - 2 * X[:, 1:]

torch.manual_seed(0)
body, head = nn.Linear(2, 8), nn.Linear(8, 1)
model = nn.Sequential(body, head)
body.requires_grad = False
before = body.weight.detach().clone()

optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
for _ in range(10):
    loss = nn.functional.mse_loss(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(f"The frozen weights have moved: {not torch.equal(before, body.weight)}")
