"""Watch a gradient as it passes: a hook is called with it, and may change it."""

import torch

scale = 1.0    # what the hook multiplies by: -10 to 10


def passing(gradient):
    print(f"passing y: {gradient.item():.4g}")
    return scale * gradient


w = torch.tensor(3.0, requires_grad=True)
y = 2 * w
y.register_hook(passing)
loss = y**2
loss.backward()
print(f"arrived at w: {w.grad.item():.4g}")
