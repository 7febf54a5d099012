"""Make a tensor from numbers that you already have."""

import torch

data = [[1, 2, 3], [4, 5, 6]]   # nested lists of numbers, or of True and False

t = torch.tensor(data)

print(t)
print("shape ", tuple(t.shape))
print("dtype ", t.dtype)
print("device", t.device)
