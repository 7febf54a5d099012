"""Mixing each example with another: both orders are meant."""
import torch
from torch import nn

net = nn.Linear(4, 3)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(12, 4), torch.arange(12) % 3
for _ in range(5):
    other = torch.randperm(12)
    scores = net(0.6 * x + 0.4 * x[other])
    loss = 0.6 * nn.functional.cross_entropy(scores, y)
    loss = loss + 0.4 * nn.functional.cross_entropy(scores, y[other])
    opt.zero_grad()
    loss.backward()
    opt.step()
