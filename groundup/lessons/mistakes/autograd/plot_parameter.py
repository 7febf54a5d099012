"""Hand a parameter to NumPy, for a plot."""

import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
points = w.numpy()
print(f"to plot: {points.tolist()}")
