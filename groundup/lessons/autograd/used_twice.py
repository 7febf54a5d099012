"""Use one parameter in two places: each sends back a gradient, and .grad is their sum."""

import torch

start_w = 2.0    # where w stands: -10 to 10

w = torch.tensor(start_w, requires_grad=True)
first = 3 * w
second = w**2
loss = first + second

# What each place sends back by itself
(from_first,) = torch.autograd.grad(first, w, retain_graph=True)
(from_second,) = torch.autograd.grad(second, w, retain_graph=True)

loss.backward()
print(f"{from_first:.4g} + {from_second:.4g} = {w.grad:.4g}")
