"""=+ in a sum."""

import torch

p = torch.nn.Parameter(torch.ones(2))
opt = torch.optim.SGD([p], lr=0.1)
total = 0.0
for _ in range(4):
    opt.zero_grad()
    loss = (p**2).sum()
    loss.backward()
    opt.step()
    total =+ loss.item()  #- plus_sign
    #+ total += loss.item()
print(total)
