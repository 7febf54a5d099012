"""Ask a network with batch normalisation about a single example."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 4), nn.BatchNorm1d(4), nn.Linear(4, 1))
with torch.no_grad():
    answer = model(torch.tensor([[0.5, -0.5]]))
print(f"Output of shape {tuple(answer.shape)}")
