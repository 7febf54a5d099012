"""One step of learning, by hand."""

import torch

torch.manual_seed(0)
X = torch.randn(10, 1)
y = 2 * X + 1

w = torch.randn(1, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)

loss = ((X @ w + b - y) ** 2).mean()
loss.backward()
print(loss.item(), w.grad, b.grad)

with torch.no_grad():
    w -= 0.1 * w.grad
    b -= 0.1 * b.grad
print(((X @ w + b - y) ** 2).mean().item())
