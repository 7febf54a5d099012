"""Temperatures that lose their decimals as they are read."""

import torch

read = [36.6, 37.2, 38.9]
degrees = torch.tensor(read, dtype=torch.int64)  #- truncated
#+ degrees = torch.tensor(read)
print(degrees.float().mean())
