"""The distance of w from the target, which it has already reached."""

import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
target = torch.tensor([1.0, 2.0])
distance = torch.sqrt(torch.sum((w - target) ** 2))
distance.backward()
print(f"distance = {distance.item():.4g}, w.grad = {w.grad.tolist()}")
