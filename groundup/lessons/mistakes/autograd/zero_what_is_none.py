"""Zero the gradient first, as a good habit."""

import torch

w = torch.tensor(3.0, requires_grad=True)
w.grad.zero_()
loss = w**2
loss.backward()
print(f"w.grad = {w.grad.item():.4g}")
