"""Three ways to bend a line, and the slope of each at every place, by autograd."""

import torch
from torch import nn

reach = 5.0             # how far to both sides: 0.5 to 50

x = torch.linspace(-reach, reach, 401, requires_grad=True)
curves = {}
slopes = {}
for bend in (nn.GELU(), nn.ReLU(), nn.SiLU()):
    y = bend(x)
    # The sum's gradient holds the slope at each place, as no place touches another
    (slope,) = torch.autograd.grad(y.sum(), x)
    curves[type(bend).__name__] = y.detach()
    slopes[type(bend).__name__] = slope

places = x.detach()
for name, y in curves.items():
    lowest = y.min().item()
    steepest = slopes[name].max().item()
    print(f"{name}: lowest value {lowest:.4g}, steepest slope {steepest:.4g}")
