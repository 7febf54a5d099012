import torch
from torch import nn


class FeedForward(nn.Module):
    def __init__(self, hidden=4096, inside=14336):
        super().__init__()
        self.up = nn.Linear(hidden, inside)
        self.act = nn.SiLU()
        self.down = nn.Linear(inside, hidden)

    def forward(self, x):
        return self.down(self.act(self.up(x)))


with torch.device("meta"):
    block = FeedForward()
print(f"{sum(p.numel() for p in block.parameters()):,} numbers")
print(block(torch.empty(1, 4096, device="meta")).shape, block.up.in_features)
