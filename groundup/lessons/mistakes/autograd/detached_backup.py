"""Keep the best weight while training goes on."""

import torch

w = torch.tensor(3.0, requires_grad=True)
best = w.detach()
with torch.no_grad():
    w -= 5.0
print(f"kept: {best.item():.4g}, now: {w.item():.4g}")
