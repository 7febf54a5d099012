"""A batch of examples meets a layer: which shape comes out?"""

import math

import torch

a_shape = (5, 3)        # the sizes of a: examples, then features
device = "cpu"          # where the numbers live: cpu, cuda, mps or meta
seed = 0                # which random weights are drawn: 0 to 999999

a = torch.arange(1.0, 1 + math.prod(a_shape), device=device).reshape(a_shape)

torch.manual_seed(seed)
layer = torch.nn.Linear(3, 2, device=device)
result = layer(a)

print(tuple(a.shape), "gives", tuple(result.shape))
print(result)
