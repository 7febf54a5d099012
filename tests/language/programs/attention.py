import math

import torch
from torch import nn
from torch.nn import functional as F


class Head(nn.Module):
    def __init__(self, width, size, longest=8, *, drop=0.0):
        super().__init__()
        self.key, self.query, self.value = (nn.Linear(width, size, bias=False) for _ in range(3))
        self.register_buffer("mask", torch.tril(torch.ones(longest, longest)))
        self.dropout = nn.Dropout(drop)

    def forward(self, x):
        _, length, size = x.shape
        k, q, v = self.key(x), self.query(x), self.value(x)
        scores = q @ k.transpose(-2, -1) / math.sqrt(k.size(-1))
        scores = scores.masked_fill(self.mask[:length, :length] == 0, float("-inf"))
        return self.dropout(F.softmax(scores, dim=-1)) @ v


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        assert width % heads == 0, "the width is split between the heads"
        self.heads = nn.ModuleList([Head(width, width // heads) for _ in range(heads)])
        self.mix = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.norms = nn.ModuleDict({"a": nn.LayerNorm(width), "b": nn.LayerNorm(width)})

    def forward(self, x):
        x = x + torch.cat([head(self.norms["a"](x)) for head in self.heads], dim=-1)
        return x + self.mix(self.norms["b"](x))


torch.manual_seed(2)
print(Block(8, 2)(torch.randn(3, 5, 8)).shape)
