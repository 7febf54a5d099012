"""Begin with small weights: random numbers, times 0.1."""

import torch

generator = torch.Generator().manual_seed(0)
w = torch.randn(3, generator=generator, requires_grad=True) * 0.1
loss = torch.sum(w**2)
loss.backward()
print(f"w.grad = {w.grad}")
