"""Print the loss of three examples."""

import torch

w = torch.tensor(2.0, requires_grad=True)
x = torch.tensor([1.0, 2.0, 3.0])
losses = (w * x - 1) ** 2
print(f"loss = {losses.item():.4g}")
