"""Make a tensor from numbers that you already have."""

import torch

data = [[1, 2, 3], [4, 5, 6]]   # nested lists of numbers, or of True and False
device = "cpu"                  # where they live: cpu, cuda or mps

t = torch.tensor(data, device=device)

print(t)
print("shape ", tuple(t.shape))
print("dtype ", t.dtype)
print("device", t.device)
