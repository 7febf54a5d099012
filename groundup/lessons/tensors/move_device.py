"""Move a tensor: what arrives is a new tensor, with bytes of its own."""

import torch

size = 1000             # rows and columns: 1 to 2000
target = "meta"         # where it goes: cpu, cuda, mps or meta

t = torch.ones(size, size)
moved = t.to(target)
print("the same tensor: ", moved is t)
print("t is still on    ", t.device)
print("moved is on      ", moved.device)
print("bytes on each    ", t.nbytes)

# A parameter that is moved is no leaf any more: train the one that was made on the device
w = torch.ones(2, requires_grad=True)
print("w is a leaf:      ", w.is_leaf)
print("w.to() is a leaf: ", w.to(target).is_leaf)
