"""Three layers that are one."""
import torch
from torch import nn

tower = nn.Sequential(*[nn.Linear(3, 3)] * 3)  #- one_layer
#+ tower = nn.Sequential(*[nn.Linear(3, 3) for _ in range(3)])
opt = torch.optim.SGD(tower.parameters(), lr=0.05)
for _ in range(4):
    opt.zero_grad()
    tower(torch.ones(2, 3)).pow(2).mean().backward()
    opt.step()
