"""Two linear layers with nothing in between are one linear layer. Check it."""

import torch
from torch import nn

seed = 0                # which random numbers are drawn: 0 to 999999
hidden = 8              # numbers in, and out: 1 to 512
intermediate = 32       # neurons in between: 1 to 2048
bend = "nothing"        # what stands between the layers: nothing, ReLU, GELU or SiLU
dtype = "float32"       # how finely numbers are stored: float32 or float64

torch.manual_seed(seed)
fineness = getattr(torch, dtype)
layer1 = nn.Linear(hidden, intermediate, dtype=fineness)
layer2 = nn.Linear(intermediate, hidden, dtype=fineness)
between = nn.Identity() if bend == "nothing" else getattr(nn, bend)()

# One layer that should do the work of both: multiply the matrices
merged = nn.Linear(hidden, hidden, dtype=fineness)
with torch.no_grad():
    merged.weight.copy_(layer2.weight @ layer1.weight)
    merged.bias.copy_(layer2.weight @ layer1.bias + layer2.bias)

# Walk along a straight line through the space of inputs
t = torch.linspace(-6, 6, 241, dtype=fineness).unsqueeze(1)
direction = torch.randn(1, hidden, dtype=fineness)
with torch.no_grad():
    two = layer2(between(layer1(t * direction)))
    one = merged(t * direction)

difference = (two - one).abs().max().item()
rounding = torch.finfo(two.dtype).eps * two.abs().max().item()
print(f"largest difference    {difference:.3g}")
print(f"rounding at this size {rounding:.3g}")
print(f"ratio                 {difference / rounding:.3g}")
