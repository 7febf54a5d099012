"""Gradients by hand, and cleared by hand."""

import torch

k = torch.tensor([0.5, -0.5], requires_grad=True)
goal = torch.tensor([2.0, 1.0])
for _ in range(8):
    miss = ((k - goal) ** 2).sum()
    miss.backward()
    k.grad.zero_()  #- changed: cleared
    with torch.no_grad():
        k -= 0.1 * k.grad
    #+ k.grad.zero_()
