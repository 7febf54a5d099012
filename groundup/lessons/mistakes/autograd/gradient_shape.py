"""Clear a gradient by writing a zero over it."""

import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
loss = torch.sum(w**2)
loss.backward()
w.grad = torch.tensor(0.0)
print(f"w.grad = {w.grad.tolist()}")
