"""A scheduler that is stepped in each batch."""

import torch

p = torch.nn.Parameter(torch.tensor(3.0))
opt = torch.optim.SGD([p], lr=0.1)
fall = torch.optim.lr_scheduler.StepLR(opt, step_size=2, gamma=0.3)
for epoch in range(4):
    for _ in range(10):
        opt.zero_grad()
        (p**2).backward()
        opt.step()
        fall.step()  #- rate_spent
    #+ fall.step()
