"""NumPy and PyTorch can look at the same memory."""

import torch

t = torch.arange(6).reshape(2, 3)
array = t.numpy()
back = torch.from_numpy(array)

array[0, 1] = 99
print("t    ", t.tolist())
print("array", array.tolist())
print("back ", back.tolist())
