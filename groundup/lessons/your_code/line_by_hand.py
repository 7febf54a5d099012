"""A line finds its data, by hand."""

import torch

torch.manual_seed(0)
X = torch.randn(20, 1)
y = 2 * X + 1 + 0.1 * torch.randn(20, 1)

w = torch.randn(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)

for epoch in range(40):
    loss = ((w * X + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        b -= 0.1 * b.grad
    w.grad.zero_()
    b.grad.zero_()

print(f"w {w.item():.3f}, b {b.item():.3f}")
