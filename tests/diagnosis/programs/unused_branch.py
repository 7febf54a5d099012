"""A layer that forward() never calls."""

import torch
from torch import nn


class Fork(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Linear(2, 2)
        self.right = nn.Linear(2, 2)  #! unused

    def forward(self, x):
        return self.left(x)  #-
        #+ return self.left(x) + self.right(x)


fork = Fork()
opt = torch.optim.SGD(fork.parameters(), lr=0.1)
for _ in range(4):
    opt.zero_grad()
    fork(torch.ones(3, 2)).pow(2).mean().backward()
    opt.step()
