"""Twenty steps with an optimizer."""

import torch

w = torch.tensor(3.0, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1)
for _ in range(20):
    loss = w**2
    loss.backward()
    optimizer.zero_grad()
    optimizer.step()
print(f"w began at 3 and is {w.item():.4g}")
