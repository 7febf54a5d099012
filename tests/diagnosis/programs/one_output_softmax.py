"""Two classes, one output, and a softmax over it."""

import torch
from torch import nn

x = torch.randn(20, 2)
y = (x.sum(1) > 0).float()
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(6):
    p = torch.softmax(net(x), dim=1)  #- one_class
    #+ p = torch.sigmoid(net(x))
    loss = nn.functional.binary_cross_entropy(p.squeeze(1), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
