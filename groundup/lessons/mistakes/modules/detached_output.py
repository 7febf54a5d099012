"""A loss computed from an output that was detached from its graph."""

import torch
from torch import nn

X = torch.linspace(-1, 1, 20)[:, None]
y = 2 * X + 1
model = nn.Linear(1, 1)

y_hat = model(X).detach()
loss = nn.functional.mse_loss(y_hat, y)
loss.backward()
print("Gradients:", [p.grad is not None for p in model.parameters()])
