"""Make sure that the loss can go backward: wrap it in a tracked tensor."""

import torch

w = torch.tensor(3.0, requires_grad=True)
loss = w**2
loss = torch.tensor(loss.item(), requires_grad=True)
loss.backward()
print(f"w.grad = {w.grad}")
