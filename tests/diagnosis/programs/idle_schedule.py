"""A scheduler that nobody steps."""

import torch

p = torch.nn.Parameter(torch.tensor(3.0))
opt = torch.optim.SGD([p], lr=0.1)
fall = torch.optim.lr_scheduler.ExponentialLR(opt, gamma=0.9)  #! scheduler_idle
for _ in range(8):
    opt.zero_grad()
    (p**2).backward()
    opt.step()
    #+ fall.step()
