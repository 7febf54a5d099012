"""Two steps downhill, with the update inside no_grad()."""

import torch

learning_rate = 0.1  # how far each step goes: 0.0001 to 1

w = torch.tensor(3.0, requires_grad=True)
for epoch in range(2):
    loss = w**2
    loss.backward()
    with torch.no_grad():
        w = w - learning_rate * w.grad
    print(f"after step {epoch + 1}: w = {w.item():.4g}")
