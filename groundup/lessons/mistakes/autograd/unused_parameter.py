"""Ask for the gradients of two parameters, one of which the loss never met."""

import torch

w = torch.tensor(3.0, requires_grad=True)
b = torch.tensor(1.0, requires_grad=True)
loss = (2 * w) ** 2
gradients = torch.autograd.grad(loss, [w, b])
print(f"gradients: {[gradient.item() for gradient in gradients]}")
