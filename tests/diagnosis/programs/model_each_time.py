"""A new model in each epoch."""

import torch
from torch import nn

x = torch.rand(20, 2)
#+ net = nn.Linear(2, 1)
#+ opt = torch.optim.SGD(net.parameters(), lr=0.1)
for epoch in range(5):
    net = nn.Linear(2, 1)  #- made_anew
    opt = torch.optim.SGD(net.parameters(), lr=0.1)  #-
    for part in x.split(5):
        opt.zero_grad()
        (net(part) - part.sum(1, keepdim=True)).pow(2).mean().backward()
        opt.step()
    print(epoch)
