"""Prepare the features in inference_mode(), then train on them."""

import torch

w = torch.tensor([[0.5]], requires_grad=True)
with torch.inference_mode():
    features = torch.tensor([[1.0], [2.0]]) * 3
loss = torch.mean((features @ w) ** 2)
loss.backward()
print(f"w.grad = {w.grad.item():.4g}")
