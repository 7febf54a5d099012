"""Rows that should sum to one."""

import torch

table = torch.tensor([[1.0, 3.0, 4.0], [2.0, 2.0, 4.0], [5.0, 4.0, 1.0]])
shares = table / table.sum(dim=1)  #- square
#+ shares = table / table.sum(dim=1, keepdim=True)
print(shares)
