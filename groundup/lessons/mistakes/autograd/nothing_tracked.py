"""Compute a loss from w, and ask for its gradient."""

import torch

w = torch.tensor(3.0)
loss = w**2
loss.backward()
print(f"w.grad = {w.grad}")
