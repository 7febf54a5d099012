"""Attention whose weights sum to one down the columns."""

import math
import torch

torch.manual_seed(5)
q, k, v = (torch.randn(4, 8) for _ in range(3))
scores = q @ k.T / math.sqrt(8)
weights = scores.softmax(dim=0)  #- softmax_dim
#+ weights = scores.softmax(dim=-1)
print((weights @ v).shape)
