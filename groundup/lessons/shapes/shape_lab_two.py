"""Two tensors, one operation: which shape comes out?"""

import math

import torch

a_shape = (2, 3)        # the sizes of a
b_shape = (3, 4)        # the sizes of b
device = "cpu"          # where the numbers live: cpu, cuda, mps or meta

# Count 1, 2, 3, … through both, so that every number can be followed
a = torch.arange(1.0, 1 + math.prod(a_shape), device=device).reshape(a_shape)
b = torch.arange(1.0, 1 + math.prod(b_shape), device=device).reshape(b_shape)

result = a @ b

print(tuple(a.shape), "and", tuple(b.shape), "give", tuple(result.shape))
print(result)
