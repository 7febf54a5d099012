"""Compute a loss with the class nn.MSELoss."""

import torch
from torch import nn

y_hat = torch.tensor([1.0, 2.0, 4.0])
y = torch.tensor([1.0, 2.0, 3.0])
loss = nn.MSELoss(y_hat, y)
print(f"Loss: {loss.item():.4f}")
