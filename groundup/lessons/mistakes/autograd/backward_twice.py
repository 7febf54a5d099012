"""Ask for the same gradient two times."""

import torch

w = torch.tensor(3.0, requires_grad=True)
loss = w**2
loss.backward()
loss.backward()
print(f"w.grad = {w.grad.item():.4g}")
