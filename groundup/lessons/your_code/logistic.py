"""Logistic regression, by hand."""

import torch

torch.manual_seed(0)
x = torch.randn(20, 2)
y = (x[:, 0] + x[:, 1] > 0).float()

w = torch.zeros(2, requires_grad=True)
b = torch.zeros(1, requires_grad=True)

for epoch in range(50):
    p = 1 / (1 + torch.exp(-(x @ w + b)))
    loss = ((p - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.5 * w.grad
        b -= 0.5 * b.grad
    w.grad.zero_()
    b.grad.zero_()

print(f"loss {loss.item():.4f}")
right = ((p > 0.5) == (y == 1)).sum().item()
print(f"{right} of {len(y)} right")
