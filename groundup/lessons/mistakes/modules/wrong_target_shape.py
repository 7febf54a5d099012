"""Targets of shape (N,) for outputs of shape (N, 1)."""

import torch
from torch import nn

generator = torch.Generator().manual_seed(0)
X = torch.randn(50, 1, generator=generator)
y = 2 * X[:, 0] + 1

model = nn.Linear(1, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(200):
    loss = nn.functional.mse_loss(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(f"w = {model.weight.item():.4f}, b = {model.bias.item():.4f}, loss = {loss.item():.4f}")
print(f"The data was made with w = 2, b = 1; the variance of y is {y.var(correction=0).item():.4f}")
