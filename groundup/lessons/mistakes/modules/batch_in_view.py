"""Flatten the feature maps of four pictures for a last linear layer."""

import torch
from torch import nn

labels = torch.tensor([0, 1, 2, 0])
torch.manual_seed(0)
maps = torch.randn(4, 8, 5, 5)
layer = nn.Linear(8 * 5 * 5 // 2, 3)

flat = maps.view(-1, 8 * 5 * 5 // 2)
loss = nn.functional.cross_entropy(layer(flat), labels)
print(f"Loss: {loss.item():.4f}")
