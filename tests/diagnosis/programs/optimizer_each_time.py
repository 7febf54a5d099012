"""A new Adam for each batch."""

import torch
from torch import nn

net = nn.Linear(3, 1)
#+ opt = torch.optim.Adam(net.parameters(), lr=0.01)
for batch in torch.randn(8, 5, 3):
    opt = torch.optim.Adam(net.parameters(), lr=0.01)  #- rebuilt
    opt.zero_grad()
    net(batch).pow(2).mean().backward()
    opt.step()
