"""Build a whole language model on the meta device and count what it is made of.

A tensor on the meta device has a shape and no memory, so this runs on any machine.
Rotary positions, where a model has them, have no parameters and are left out.
"""

import torch
import torch.nn.functional as F
from torch import nn

vocabulary = 128256         # how many tokens it knows: 1 to 1000000
hidden = 4096               # numbers that describe a token: 1 to 65536
intermediate = 14336        # neurons inside each feed-forward block: 1 to 262144
layers = 32                 # blocks, one after the other: 1 to 256
heads = 32                  # attention heads that ask: 1 to 512
key_value_heads = 8         # attention heads that answer: 1 to 512
head_width = 0              # numbers in a head, 0 for hidden / heads: 0 to 2048
positions = 0               # learned positions, 0 for none: 0 to 1048576
gated = True                # is the feed-forward block gated (three matrices)
ffn_biases = False          # do its layers have biases
attention_biases = "none"   # which attention layers have biases: none, qkv or all
tied = False                # is the head the embedding's own matrix
norm = "RMSNorm"            # what keeps the numbers in range: RMSNorm or LayerNorm
norms_per_layer = 2         # norms in a block, two or four: 2 to 4
head_norms = False          # is there a norm on each head's query and key
activation = "SiLU"         # what bends the line: SiLU, GELU or ReLU
device = "meta"             # meta for shapes alone, cpu for real numbers: meta or cpu

width = head_width or hidden // heads
make_norm = getattr(nn, norm)


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        inside = attention_biases != "none"
        self.query = nn.Linear(hidden, heads * width, bias=inside)
        self.key = nn.Linear(hidden, key_value_heads * width, bias=inside)
        self.value = nn.Linear(hidden, key_value_heads * width, bias=inside)
        self.output = nn.Linear(heads * width, hidden, bias=attention_biases == "all")
        self.query_norm = nn.RMSNorm(width) if head_norms else nn.Identity()
        self.key_norm = nn.RMSNorm(width) if head_norms else nn.Identity()

    def forward(self, x):
        # (batch, tokens, heads * width) -> (batch, heads, tokens, width)
        q = self.query_norm(self.query(x).unflatten(-1, (-1, width))).transpose(1, 2)
        k = self.key_norm(self.key(x).unflatten(-1, (-1, width))).transpose(1, 2)
        v = self.value(x).unflatten(-1, (-1, width)).transpose(1, 2)
        shared = heads != key_value_heads
        x = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=shared)
        return self.output(x.transpose(1, 2).flatten(-2))


class FeedForward(nn.Module):
    def __init__(self):
        super().__init__()
        if gated:
            self.gate = nn.Linear(hidden, intermediate, bias=ffn_biases)
        self.up = nn.Linear(hidden, intermediate, bias=ffn_biases)
        self.activation = getattr(nn, activation)()
        self.down = nn.Linear(intermediate, hidden, bias=ffn_biases)

    def forward(self, x):
        if gated:
            return self.down(self.activation(self.gate(x)) * self.up(x))
        return self.down(self.activation(self.up(x)))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        after = norms_per_layer == 4
        self.norm1, self.attention = make_norm(hidden), Attention()
        self.norm2 = make_norm(hidden) if after else nn.Identity()
        self.norm3, self.feed_forward = make_norm(hidden), FeedForward()
        self.norm4 = make_norm(hidden) if after else nn.Identity()

    def forward(self, x):
        x = x + self.norm2(self.attention(self.norm1(x)))
        return x + self.norm4(self.feed_forward(self.norm3(x)))


class LanguageModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, hidden)
        if positions:
            self.position = nn.Embedding(positions, hidden)
        self.blocks = nn.Sequential(*[Block() for _ in range(layers)])
        self.norm = make_norm(hidden)
        self.head = nn.Linear(hidden, vocabulary, bias=False)
        if tied:
            self.head.weight = self.embedding.weight

    def forward(self, tokens):
        x = self.embedding(tokens)
        if positions:
            x = x + self.position(torch.arange(tokens.shape[1], device=tokens.device))
        return self.head(self.norm(self.blocks(x)))


with torch.device(device):
    model = LanguageModel()

block = model.blocks[0]
count = sum(p.numel() for p in model.parameters())
in_block = sum(p.numel() for p in block.parameters())
in_ffn = sum(p.numel() for p in block.feed_forward.parameters())

print(f"{count:,} parameters")
print(f"{in_block:,} in each of {layers} blocks")
print(f"{in_ffn:,} of those in its feed-forward part")
