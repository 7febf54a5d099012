"""Ask for the gradient of two losses at once."""

import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
losses = w**2
losses.backward()
print(f"w.grad = {w.grad.tolist()}")
