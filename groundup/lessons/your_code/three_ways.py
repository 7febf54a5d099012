"""Three ways to make a tensor."""

import torch

torch.manual_seed(0)
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
ones = torch.ones(2, 3)
like = torch.rand_like(t)

for made in (t, ones, like):
    print(made.shape, made.dtype)

column = t[:, 1]
column += 10
print(t)
