"""Make a tensor from a shape: the sizes are given, and a function fills the cells."""

import torch

shape = (2, 3)          # how many cells along each dimension
fill_value = 7.0        # what full() writes into every cell
seed = 0                # which random numbers are drawn: 0 to 999999
device = "cpu"          # where the numbers live: cpu, cuda, mps or meta

torch.manual_seed(seed)
t = torch.rand(shape, device=device)

print(t)
print("shape ", tuple(t.shape))
print("dtype ", t.dtype)
print("device", t.device)
