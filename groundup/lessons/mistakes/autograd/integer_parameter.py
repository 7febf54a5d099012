"""Start three numbers to be learned at 1, 2 and 3."""

import torch

w = torch.tensor([1, 2, 3], requires_grad=True)
loss = torch.sum(w**2)
loss.backward()
print(f"w.grad = {w.grad.tolist()}")
