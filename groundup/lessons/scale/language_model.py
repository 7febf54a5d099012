"""Build a whole language model and count what it is made of.

A tensor on the meta device has a shape and no memory, so a model of any size can be built there.
Rotary positions and sliding windows, where a model has them, have no parameters and are left out.
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
norms_per_layer = 2         # norms in a block, one, two or four: 1 to 4
norms_after = False         # do two norms stand after the halves of a block, not before
parallel = False            # do both halves of a block read the same x
head_norms = False          # is there a norm on each head's query and key
query_norms = False         # is there a norm on all heads' queries together, and on their keys
head_bias = False           # does the head have a bias
experts = 0                 # feed-forward parts to choose from, 0 for just one: 0 to 512
experts_per_token = 2       # how many of them each token goes through: 1 to 64
shared_expert = 0           # neurons of one more that all tokens go through: 0 to 262144
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
        self.head_norm_q = nn.RMSNorm(width) if head_norms else nn.Identity()
        self.head_norm_k = nn.RMSNorm(width) if head_norms else nn.Identity()
        self.query_norm = nn.RMSNorm(heads * width) if query_norms else nn.Identity()
        self.key_norm = nn.RMSNorm(key_value_heads * width) if query_norms else nn.Identity()

    def forward(self, x):
        q, k, v = self.query_norm(self.query(x)), self.key_norm(self.key(x)), self.value(x)
        # (batch, tokens, heads * width) -> (batch, heads, tokens, width)
        q = self.head_norm_q(q.unflatten(-1, (-1, width))).transpose(1, 2)
        k = self.head_norm_k(k.unflatten(-1, (-1, width))).transpose(1, 2)
        v = v.unflatten(-1, (-1, width)).transpose(1, 2)
        shared = heads != key_value_heads
        x = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=shared)
        return self.output(x.transpose(1, 2).flatten(-2))


class FeedForward(nn.Module):
    def __init__(self, inside):
        super().__init__()
        if gated:
            self.gate = nn.Linear(hidden, inside, bias=ffn_biases)
        self.up = nn.Linear(hidden, inside, bias=ffn_biases)
        self.activation = getattr(nn, activation)()
        self.down = nn.Linear(inside, hidden, bias=ffn_biases)

    def forward(self, x):
        if gated:
            return self.down(self.activation(self.gate(x)) * self.up(x))
        return self.down(self.activation(self.up(x)))


class Experts(nn.Module):
    def __init__(self):
        super().__init__()
        self.router = nn.Linear(hidden, experts, bias=False)
        # The matrices of all experts in one tensor: (experts, outputs, inputs)
        if gated:
            self.gate = nn.Parameter(0.02 * torch.randn(experts, intermediate, hidden))
        self.up = nn.Parameter(0.02 * torch.randn(experts, intermediate, hidden))
        self.activation = getattr(nn, activation)()
        self.down = nn.Parameter(0.02 * torch.randn(experts, hidden, intermediate))
        if shared_expert:
            self.shared = FeedForward(shared_expert)
            self.shared_gate = nn.Linear(hidden, 1, bias=False)

    def forward(self, x):
        rows = x.flatten(0, -2)
        shares, chosen = self.router(rows).softmax(-1).topk(experts_per_token)
        y = torch.zeros_like(rows)
        for expert in range(experts):
            # Only the tokens that chose this expert go through it
            token, place = (chosen == expert).nonzero(as_tuple=True)
            given = rows[token]
            inside = F.linear(given, self.up[expert])
            if gated:
                inside = self.activation(F.linear(given, self.gate[expert])) * inside
            else:
                inside = self.activation(inside)
            answer = F.linear(inside, self.down[expert])
            y = y.index_add(0, token, shares[token, place, None] * answer)
        if shared_expert:
            y = y + self.shared_gate(rows).sigmoid() * self.shared(rows)
        return y.view_as(x)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        before, after = not norms_after, norms_after or norms_per_layer == 4
        self.norm1 = make_norm(hidden) if before else nn.Identity()
        self.attention = Attention()
        self.norm2 = make_norm(hidden) if after else nn.Identity()
        self.norm3 = make_norm(hidden) if before and norms_per_layer > 1 else nn.Identity()
        self.feed_forward = Experts() if experts else FeedForward(intermediate)
        self.norm4 = make_norm(hidden) if after else nn.Identity()

    def forward(self, x):
        if parallel:
            for_attention = self.norm1(x)
            for_both = norms_per_layer == 1
            for_feed_forward = for_attention if for_both else self.norm3(x)
            x = x + self.norm2(self.attention(for_attention))
            return x + self.norm4(self.feed_forward(for_feed_forward))
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
        self.head = nn.Linear(hidden, vocabulary, bias=head_bias)
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
