"""One tensor, one operation: which shape comes out?"""

import math

import torch

a_shape = (2, 3)        # the sizes of a
device = "cpu"          # where the numbers live: cpu, cuda, mps or meta

# Count 1, 2, 3, … so that every number can be followed
a = torch.arange(1.0, 1 + math.prod(a_shape), device=device).reshape(a_shape)

result = a.reshape(3, 2)

print(tuple(a.shape), "gives", tuple(result.shape))
print(result)
