"""A feed-forward block cut in parts: each worker has some of its neurons, one sum joins them.

Alone, one worker does every part: python layer_cut.py. Two share them under torchrun:
torchrun --nproc-per-node 2 layer_cut.py
"""

import os

import torch
import torch.distributed as dist
from torch import nn

seed = 0                # which random numbers are drawn: 0 to 999999
parts = 2               # into how many parts the block is cut: 1 to 4
tokens = 3              # rows of x: 1 to 512
hidden = 4              # numbers that describe one token: 4 to 512
intermediate = 8        # neurons in between: 4 to 2048

rank = int(os.environ.get("RANK", "0"))
workers = int(os.environ.get("WORLD_SIZE", "1"))
mine = list(range(rank, parts, workers))
assert parts % workers == 0, f"{parts} parts cannot be dealt out to {workers} workers evenly"
if workers > 1:
    dist.init_process_group("gloo")


class FeedForwardNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer1 = nn.Linear(hidden, intermediate, bias=False)
        self.activation = nn.GELU()
        self.layer2 = nn.Linear(intermediate, hidden, bias=False)

    def forward(self, x):
        x = self.layer1(x)
        x = self.activation(x)
        x = self.layer2(x)
        return x


def bend(layer1):
    return nn.functional.gelu(layer1)


sent = []


def added(tensor, name):
    """The sum over all workers: this alone is sent."""
    total = tensor.detach().clone()
    if workers > 1:
        dist.all_reduce(total)
    sent.append((name, total.numel() * total.element_size()))
    return total


class Copied(torch.autograd.Function):
    """Forward, every part gets the same. Backward, what each says of it is added."""

    @staticmethod
    def forward(ctx, x):
        return x.clone()

    @staticmethod
    def backward(ctx, gradient):
        return added(gradient, "backward")


class Added(torch.autograd.Function):
    """Forward, what the parts have is added. Backward, each gets the same gradient."""

    @staticmethod
    def forward(ctx, x):
        return added(x, "forward")

    @staticmethod
    def backward(ctx, gradient):
        return gradient.clone()


# Every worker makes the whole block, to cut from it and to compare with it
torch.manual_seed(seed)
whole = FeedForwardNetwork()
*first, last = (layer.weight for layer in whole.children() if isinstance(layer, nn.Linear))
x = torch.randn(tokens, hidden, requires_grad=True)


def share(size, part):
    return slice(size * part // parts, size * (part + 1) // parts)


def own(weight):
    return weight.detach().clone().requires_grad_()


# The first matrix by its outputs, the neurons; the second by its inputs, the same neurons
def first_piece(weight, part):
    return weight[share(intermediate, part)]


def last_piece(weight, part):
    return weight[:, share(intermediate, part)]


pieces = []
for part in mine:
    firsts = [own(first_piece(weight, part)) for weight in first]
    pieces.append((firsts, own(last_piece(last, part))))


def forward(x):
    x = Copied.apply(x)
    inside, outputs = [], []
    for rows, columns in pieces:
        neurons = bend(*(x @ w.T for w in rows))
        inside.append(neurons)
        outputs.append(neurons @ columns.T)
    return Added.apply(sum(outputs)), outputs, inside


y, outputs, inside = forward(x)
loss = y.square().mean()
loss.backward()
for part, output in zip(mine, outputs, strict=True):
    print(f"part {part}: output 0 of token 0 {output[0, 0].item():9.4f}")
print(f"sum:    output 0 of token 0 {y[0, 0].item():9.4f}")

# The whole block on the same x
x_whole = x.detach().clone().requires_grad_()
y_whole = whole(x_whole)
y_whole.square().mean().backward()
print(f"whole:  output 0 of token 0 {y_whole[0, 0].item():9.4f}")

differences = {"y": (y - y_whole).abs().max().item()}
differences["x.grad"] = (x.grad - x_whole.grad).abs().max().item()
for part, (cut_first, cut_last) in zip(mine, pieces, strict=True):
    both = zip(cut_first, first, strict=True)
    pairs = [(w, first_piece(full.grad, part)) for w, full in both]
    for w, expected in [*pairs, (cut_last, last_piece(last.grad, part))]:
        gap = (w.grad - expected).abs().max().item()
        differences["w.grad"] = max(gap, differences.get("w.grad", 0.0))
held = sum(w.numel() for cut_first, cut_last in pieces for w in [*cut_first, cut_last])
print(f"largest difference {max(differences.values()):.3g}")
print(f"this worker holds {held} of {sum(p.numel() for p in whole.parameters())} weights")
for name, size in sent:
    print(f"{name}: {size} bytes into a sum")

if workers > 1:
    dist.destroy_process_group()
