"""Autograd's first lines."""

import torch

x = torch.tensor(2.0, requires_grad=True)
y = x**3 + 4 * x
print(y)

y.backward()
print(x.grad)
