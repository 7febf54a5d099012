"""Look at the gradient half way: at y."""

import torch

w = torch.tensor(3.0, requires_grad=True)
y = 2 * w
loss = y**2
loss.backward()
print(f"y.grad = {y.grad}")
