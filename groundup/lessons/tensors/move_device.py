"""Send a tensor to a device: another one gets a copy; on its own it stays the same tensor."""

import torch

size = 1000             # rows and columns: 1 to 2000
target = "meta"         # where it goes: cpu, cuda, mps or meta

t = torch.ones(size, size)
moved = t.to(target)
print("the same tensor: ", moved is t)
print("t is still on    ", t.device)
print("moved is on      ", moved.device)
print("bytes on each    ", t.nbytes)

# To its own device, .to() returns w itself. To another, what comes back is a copy of w, and no
# leaf: train a tensor that was made on the device. A model's .to() is another thing: it returns
# the model itself, whose parameters stay leaves
w = torch.ones(2, requires_grad=True)
print("w is a leaf:      ", w.is_leaf)
print("w.to() is a leaf: ", w.to(target).is_leaf)
