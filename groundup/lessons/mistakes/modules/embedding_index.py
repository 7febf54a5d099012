"""Look up the vectors of three words in a vocabulary of ten."""

import torch
from torch import nn

torch.manual_seed(0)
vectors = nn.Embedding(10, 4)
words = torch.tensor([1, 9, 10])
found = vectors(words)
print(f"Vectors of shape {tuple(found.shape)}")
