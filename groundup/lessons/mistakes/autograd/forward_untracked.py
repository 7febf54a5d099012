"""Save memory: run the forward pass inside no_grad()."""

import torch

w = torch.tensor(3.0, requires_grad=True)
with torch.no_grad():
    y = 2 * w
loss = (y - 1) ** 2
loss.backward()
print(f"w.grad = {w.grad}")
