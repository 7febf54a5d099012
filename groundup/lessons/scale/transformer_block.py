"""A transformer block: attention lets tokens meet, the feed-forward network takes each alone."""

import torch
from torch import nn

changed = 3     # which token becomes another one, counted from 0: 0 to 7
seed = 0        # which random numbers are drawn: 0 to 999999

tokens, hidden = 8, 16  # how many there are, and how many numbers describe each


class FeedForwardNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer1 = nn.Linear(hidden, 4 * hidden)
        self.activation = nn.GELU()
        self.layer2 = nn.Linear(4 * hidden, hidden)

    def forward(self, x):
        x = self.layer1(x)
        x = self.activation(x)
        x = self.layer2(x)
        return x


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1 = nn.LayerNorm(hidden)
        self.attention = nn.MultiheadAttention(hidden, num_heads=2)
        self.norm2 = nn.LayerNorm(hidden)
        self.ffn = FeedForwardNetwork()

    def forward(self, x):
        h = self.norm1(x)
        h, self.looks = self.attention(h, h, h, attn_mask=later)
        x = x + h
        h = self.norm2(x)
        return x + self.ffn(h)


torch.manual_seed(seed)
# True: a token must not look at one that comes later in the text
later = torch.ones(tokens, tokens).triu(1).bool()
block = Block()
x = torch.randn(tokens, hidden)

# The same text, in which one token is another one
other = x.clone()
other[changed] = torch.randn(hidden)


def rows(before, after):
    return (before != after).any(dim=1).nonzero().flatten().tolist()


def attend(x):
    return block.attention(x, x, x, attn_mask=later)[0]


with torch.no_grad():
    met = rows(attend(x), attend(other))
    alone = rows(block.ffn(x), block.ffn(other))
    all_in_all = rows(block(x), block(other))

print(f"Token {changed} of {tokens} is another one. Rows of the output that are other ones:")
print(f"attention             {met}")
print(f"feed-forward network  {alone}")
print(f"the whole block       {all_in_all}")
