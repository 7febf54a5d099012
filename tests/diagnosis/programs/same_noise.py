"""A seed inside the loop: the noise is the same each time."""

import torch

w = torch.zeros(4, requires_grad=True)
opt = torch.optim.SGD([w], lr=0.1)
torch.manual_seed(11)
for i in range(8):
    torch.manual_seed(11)  #- same_numbers
    pick = torch.randperm(4)[:2]
    draw = torch.randn(4)
    opt.zero_grad()
    ((w - draw)[pick] ** 2).sum().backward()
    opt.step()
