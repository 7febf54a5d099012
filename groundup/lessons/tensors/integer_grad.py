"""Ask a tensor to be learnable."""

import torch

w = torch.tensor([1, 2, 3], dtype=torch.float32, requires_grad=True)

loss = (w * w).sum()
loss.backward()
print("w      ", w)
print("w.grad ", w.grad)
