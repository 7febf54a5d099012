"""The distance to a target that is reached: the slope of its root is infinite."""

import torch

p = torch.tensor([1.0, -1.0], requires_grad=True)
target = torch.tensor([1.0, -1.0])
away = ((p - target) ** 2).sum().sqrt()  #- nan_gradient
#+ away = (((p - target) ** 2).sum() + 1e-8).sqrt()
away.backward()
