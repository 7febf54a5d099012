"""Take a value out of the graph, then train with it: what still learns?"""

import torch

w = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(0.5, requires_grad=True)

value = 3 * w
out = value

# What came back?
returned = type(out).__name__
tracked = isinstance(out, torch.Tensor) and out.requires_grad
shared = isinstance(out, torch.Tensor) and out.data_ptr() == value.data_ptr()
print(f"a {returned}, tracked: {tracked}, shares memory with value: {shared}")

# Train with it
loss = out * b
loss.backward()
print(f"w.grad = {w.grad}, b.grad = {b.grad}")
