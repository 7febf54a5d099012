"""nll_loss gets probabilities, not their logarithms."""

import torch
import torch.nn.functional as F

w = torch.zeros(2, 3, requires_grad=True)
x, t = torch.randn(9, 2), torch.arange(9) % 3
opt = torch.optim.SGD([w], lr=0.1)
for _ in range(5):
    p = F.softmax(x @ w, dim=1)  #- no_logarithms
    #+ p = F.log_softmax(x @ w, dim=1)
    opt.zero_grad()
    F.nll_loss(p, t).backward()
    opt.step()
