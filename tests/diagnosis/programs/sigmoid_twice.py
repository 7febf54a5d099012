"""A sigmoid in the model, and one in the loss."""

import torch
from torch import nn

x = torch.randn(30, 2)
y = (x[:, :1] > 0).float()
layer = nn.Linear(2, 1)
opt = torch.optim.SGD(layer.parameters(), lr=0.5)
for _ in range(6):
    p = torch.sigmoid(layer(x))  #- twice
    #+ p = layer(x)
    loss = nn.functional.binary_cross_entropy_with_logits(p, y)
    opt.zero_grad()
    loss.backward()
    opt.step()
