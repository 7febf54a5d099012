"""Three tensors learn, and the optimizer is given two."""

import torch

torch.manual_seed(3)
u = torch.randn(3, 4, requires_grad=True)
v = torch.randn(4, 1, requires_grad=True)
shift = torch.zeros(1, requires_grad=True)  #! changed: left out
opt = torch.optim.SGD([u, v], lr=0.02)  #-
#+ opt = torch.optim.SGD([u, v, shift], lr=0.02)
x = torch.randn(25, 3)
y = x.sum(1, keepdim=True) + 2
for _ in range(10):
    opt.zero_grad()
    loss = ((x @ u).relu() @ v + shift - y).pow(2).mean()
    loss.backward()
    opt.step()
