"""Unless told otherwise NumPy makes float64, and PyTorch float32; a product takes one of them."""

import torch

whole = torch.arange(6).reshape(3, 2).numpy()
data = whole / 2        # divided by NumPy

X = torch.from_numpy(data)
w = torch.ones(2, 1)
print("from NumPy:", data.dtype, "so X is", X.dtype)
print("w is", w.dtype)

y = X.float() @ w
print(y)
