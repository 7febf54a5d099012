"""Keep a running total of the loss, and train on it."""

import torch

w = torch.tensor(3.0, requires_grad=True)
total = torch.tensor(0.0)
for x in (1.0, 2.0):
    loss = (w * x - 1) ** 2
    total = total + loss
    total.backward()
print(f"total = {total.item():.4g}, w.grad = {w.grad.item():.4g}")
