"""Two ways to ask for a gradient: one fills .grad, the other hands it over."""

import torch

w = torch.tensor(3.0, requires_grad=True)
b = torch.tensor(1.0, requires_grad=True)

# backward() goes to every leaf, adds to its .grad and returns nothing
loss = (2 * w + b) ** 2
answer = loss.backward()
print(f"backward() returned {answer}; w.grad = {w.grad}, b.grad = {b.grad}")

# autograd.grad() goes only where it is asked to, and returns the gradients
w.grad = b.grad = None
loss = (2 * w + b) ** 2
answer = torch.autograd.grad(loss, [w])
print(f"grad() returned {answer}; w.grad = {w.grad}, b.grad = {b.grad}")
