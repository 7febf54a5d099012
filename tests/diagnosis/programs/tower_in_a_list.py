"""A tower of layers, held in a list."""

import torch
from torch import nn


class Tower(nn.Module):
    def __init__(self, floors):
        super().__init__()
        self.floors = [nn.Linear(3, 3) for _ in range(floors)]  #- plain_list
        #+ self.floors = nn.ModuleList(nn.Linear(3, 3) for _ in range(floors))
        self.roof = nn.Linear(3, 1)

    def forward(self, x):
        for floor in self.floors:
            x = torch.sigmoid(floor(x))
        return self.roof(x)


tower = Tower(2)
opt = torch.optim.SGD(tower.parameters(), lr=0.1)
x, y = torch.randn(12, 3), torch.randn(12, 1)
for _ in range(5):
    loss = nn.functional.l1_loss(tower(x), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
