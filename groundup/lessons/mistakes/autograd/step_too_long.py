"""A hundred steps downhill on 30 w², from w = 3."""

import torch

learning_rate = 0.1  # how far each step goes: 0.0001 to 1

w = torch.tensor(3.0, requires_grad=True)
for _ in range(100):
    loss = 30 * w**2
    loss.backward()
    with torch.no_grad():
        w -= learning_rate * w.grad
    w.grad.zero_()
print(f"w = {w.item():.4g}, loss = {loss.item():.4g}")
