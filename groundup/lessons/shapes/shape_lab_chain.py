"""One input, several operations in a row: which shape comes out of each?"""

import math

import torch

a_shape = (8, 6, 14, 14)  # the sizes of a
device = "cpu"          # where the numbers live: cpu, cuda, mps or meta
seed = 0                # which random weights are drawn: 0 to 999999

a = torch.arange(1.0, 1 + math.prod(a_shape), device=device).reshape(a_shape)

torch.manual_seed(seed)
print("a has", tuple(a.shape))
x1 = torch.nn.Conv2d(6, 16, 5, device=device)(a)
print("nn.Conv2d(6, 16, 5) gives", tuple(x1.shape))
x2 = torch.nn.MaxPool2d(2)(x1)
print("nn.MaxPool2d(2) gives", tuple(x2.shape))
x3 = x2.flatten(1)
print("flatten(1) gives", tuple(x3.shape))
result = torch.nn.Linear(400, 120, device=device)(x3)
print("nn.Linear(400, 120) gives", tuple(result.shape))
