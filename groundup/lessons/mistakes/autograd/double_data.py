"""Multiply data in float64 (NumPy's habit) by a weight in float32 (PyTorch's habit)."""

import torch

x = torch.tensor([[1.0], [2.0]], dtype=torch.float64)
w = torch.tensor([[0.5]], requires_grad=True)
loss = torch.mean((x @ w) ** 2)
loss.backward()
print(f"w.grad = {w.grad.item():.4g}")
