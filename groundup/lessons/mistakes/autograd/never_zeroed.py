"""Twenty steps downhill on w², from w = 3."""

import torch

w = torch.tensor(3.0, requires_grad=True)
for _ in range(20):
    loss = w**2
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
print(f"w = {w.item():.4g}; the lowest point is at w = 0")
