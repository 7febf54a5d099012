"""Make a parameter, then convert it to float64 (moving it to another device does the same)."""

import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
w = w.to(torch.float64)
loss = torch.sum(w**2)
loss.backward()
print(f"w.grad = {w.grad}")
