"""Take counts that came as whole numbers, and switch tracking on later."""

import torch

counts = torch.tensor([4, 7, 1])
counts.requires_grad_()
loss = torch.sum(counts**2)
loss.backward()
print(f"counts.grad = {counts.grad.tolist()}")
