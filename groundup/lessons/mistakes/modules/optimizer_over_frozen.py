"""Freeze the body of a network, and train its head alone."""

import torch
from torch import nn

generator = torch.Generator().manual_seed(0)
X = torch.randn(100, 2, generator=generator)
y = X[:, :1] - 2 * X[:, 1:]

torch.manual_seed(0)
body, head = nn.Linear(2, 8), nn.Linear(8, 1)
for parameter in body.parameters():
    parameter.requires_grad = False

optimizer = torch.optim.SGD(body.parameters(), lr=0.05)
for epoch in range(100):
    loss = nn.functional.mse_loss(head(body(X)), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch % 20 == 0:
        print(f"Epoch {epoch} | Loss: {loss.item():.4g}")
print(f"Loss at the end: {loss.item():.4g}")
