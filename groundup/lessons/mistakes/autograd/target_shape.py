"""Fit y = 2x + 1, with the targets in a plain list."""

import torch

x = torch.tensor([[-1.0], [0.0], [1.0]])
y_true = torch.tensor([-1.0, 1.0, 3.0])
w = torch.tensor([[0.0]], requires_grad=True)
b = torch.tensor([0.0], requires_grad=True)
optimizer = torch.optim.SGD([w, b], lr=0.1)
loss_fn = torch.nn.MSELoss()
for _ in range(100):
    loss = loss_fn(x @ w + b, y_true)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(f"w = {w.item():.4g}, b = {b.item():.4g}, loss = {loss.item():.4g}")
