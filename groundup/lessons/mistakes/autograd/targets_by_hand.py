"""Fit y = 2x + 1, with the squared error written by hand."""

import torch

x = torch.tensor([[-1.0], [0.0], [1.0]])
y_true = torch.tensor([-1.0, 1.0, 3.0])
w = torch.tensor([[0.0]], requires_grad=True)
b = torch.tensor([0.0], requires_grad=True)
optimizer = torch.optim.SGD([w, b], lr=0.1)
for _ in range(100):
    errors = x @ w + b - y_true
    loss = torch.mean(errors**2)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(f"errors of shape {tuple(errors.shape)}; w = {w.item():.4g}, b = {b.item():.4g}")
