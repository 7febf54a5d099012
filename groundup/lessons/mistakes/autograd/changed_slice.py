"""Set one weight to zero by hand."""

import torch

w = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
w[0] = 0.0
loss = torch.sum(w**2)
loss.backward()
print(f"w.grad = {w.grad.tolist()}")
