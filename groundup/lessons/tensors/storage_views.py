"""A view reads the same storage in its own way; a copy has a storage of its own."""

import torch

rows = 3                # of t: 2 to 5
columns = 4             # of t: 2 to 6

t = torch.arange(rows * columns).reshape(rows, columns)
other = t.T

same = other.untyped_storage().data_ptr() == t.untyped_storage().data_ptr()
print("t     strides", t.stride())
print("other strides", other.stride())
print("one storage for both:", same)
