"""Twenty passes with an optimizer, and one step too many in each."""

import torch

w = torch.tensor(3.0, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.6)
for _ in range(20):
    loss = w**2
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    optimizer.step()
print(f"w began at 3 and is {w.item():.4g}; the lowest point is at w = 0")
