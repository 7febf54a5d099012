"""A classifier of three classes, whose labels are 1, 2 and 3."""

import torch
from torch import nn

X = torch.tensor([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
labels = torch.tensor([1, 2, 3])

torch.manual_seed(0)
model = nn.Linear(2, 3)
loss = nn.functional.cross_entropy(model(X), labels)
print(f"Loss: {loss.item():.4f}")
