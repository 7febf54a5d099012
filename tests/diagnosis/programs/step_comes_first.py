"""The step is taken before the gradients are there."""
import torch

p = torch.nn.Parameter(torch.tensor([2.0, 3.0]))
opt = torch.optim.SGD([p], lr=0.1)
for _ in range(5):
    opt.zero_grad()
    loss = (p**2).sum()
    opt.step()  #- changed: early
    loss.backward()
    #+ opt.step()
