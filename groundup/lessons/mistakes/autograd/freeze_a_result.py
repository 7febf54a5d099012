"""Switch tracking off half way."""

import torch

w = torch.tensor(3.0, requires_grad=True)
y = 2 * w
y.requires_grad = False
loss = (y - 1) ** 2
print(f"the loss is tracked: {loss.requires_grad}")
