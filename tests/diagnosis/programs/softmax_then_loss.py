"""A model that ends in softmax, under CrossEntropyLoss."""

import torch
from torch import nn

x, kinds = torch.randn(24, 3), torch.arange(24) % 4
scores = nn.Sequential(
    nn.Linear(3, 4),
    nn.Softmax(dim=-1),  #-
)
measure = nn.CrossEntropyLoss()
opt = torch.optim.Adam(scores.parameters(), lr=0.05)
for _ in range(6):
    opt.zero_grad()
    out = scores(x)  #! twice
    measure(out, kinds).backward()
    opt.step()
