"""Add one to a result, in place, to save memory."""

import torch

w = torch.tensor([0.5, 1.0], requires_grad=True)
y = w.exp()
y.add_(1)
y.sum().backward()
print(f"w.grad = {w.grad.tolist()}")
