"""One step too many in each pass."""

import torch

p = torch.nn.Parameter(torch.ones(3))
opt = torch.optim.SGD([p], lr=0.01)
for _ in range(5):
    opt.zero_grad()
    (p**2).sum().backward()
    opt.step()
    opt.step()  #- two_steps
