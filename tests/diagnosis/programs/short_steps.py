"""A rate so small that thirty passes change nothing."""
import torch
from torch import nn

torch.manual_seed(2)
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=1e-7)  #- rate_tiny
#+ opt = torch.optim.SGD(net.parameters(), lr=0.1)
x = torch.randn(16, 2)
for _ in range(30):
    opt.zero_grad()
    (net(x) - x.sum(1, keepdim=True)).pow(2).mean().backward()
    opt.step()
