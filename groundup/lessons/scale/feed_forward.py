"""A model, layer by layer: what it is made of, and what flows through it."""

import torch
from torch import nn

hidden = 4096           # numbers that describe one token: 1 to 65536
intermediate = 14336    # neurons in between: 1 to 262144
tokens = 128            # tokens that go through together: 1 to 65536


class FeedForwardNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer1 = nn.Linear(hidden, intermediate)
        self.activation = nn.GELU()
        self.layer2 = nn.Linear(intermediate, hidden)

    def forward(self, x):
        x = self.layer1(x)
        x = self.activation(x)
        x = self.layer2(x)
        return x


# On the meta device a tensor has a shape, and no memory
with torch.device("meta"):
    model = FeedForwardNetwork()
    x = torch.empty(tokens, hidden)

print(model)
print()

# What it learns
weights = {name: tuple(p.shape) for name, p in model.named_parameters()}
for name, p in model.named_parameters():
    print(f"{name:14} {tuple(p.shape)!s:14} {p.numel():>12,}")
count = sum(p.numel() for p in model.parameters())
print(f"{'parameters':29} {count:>12,}")
print()

# What flows through it: each layer notes what it is given, and the shapes before and after
flow = []
known = {"x": x}


def note(layer, given, y):
    source = [name for name, tensor in known.items() if tensor is given[0]]
    name = names[layer]
    flow.append((name, *(source or ["a product"]), tuple(given[0].shape), tuple(y.shape)))
    known[f"after {name}"] = y


names = {layer: name for name, layer in model.named_children()}
for layer in names:
    layer.register_forward_hook(note)
y = model(x)
for name, source, before, after in flow:
    print(f"{name:10} {before} -> {after}, from {source}")
