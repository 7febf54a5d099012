"""Texts as learners write them, which use what the bounds look at: for ``test_bounds.py``."""

HEALTHY = (
    """
import torch
import torch.nn as nn

torch.manual_seed(0)
X = torch.randn(64, 3)
y = X @ torch.tensor([[1.0], [-2.0], [0.5]]) + 0.1 * torch.randn(64, 1)

class Net(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(3, width), nn.ReLU(), nn.Linear(width, 1))
        self.calls = 0

    def forward(self, x):
        self.calls += 1
        return self.layers(x)

net = Net(width=16)
optimizer = torch.optim.Adam(net.parameters(), lr=1e-2)
losses = []
for epoch in range(30):
    for start in range(0, 64, 16):
        batch = slice(start, start + 16)
        loss = nn.functional.mse_loss(net(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    losses.append(loss.item())
    if epoch % 10 == 0:
        print(f"epoch {epoch:3d}  loss {losses[-1]:.4f}")
print(net.calls, min(losses) == sorted(losses)[0], sum(p.numel() for p in net.parameters()))
print(net)
with torch.no_grad():
    print({name: round(p.abs().sum().item(), 4) for name, p in net.named_parameters()})
print(list(net.state_dict()))
""",
    """
import math
from collections import OrderedDict

words = "the cat sat on the mat".split()
counts = {}
for word in words:
    counts[word] = counts.get(word, 0) + 1
print(counts, sorted(counts, key=lambda w: (-counts[w], w)))
pairs = [(a, b) for a in range(3) for b in "xy" if a != 1]
first, *rest = pairs
print(first, rest, *rest, sep=" | ")
print([*rest, *[1, 2]], {**counts, "dog": 1}, {len(w) for w in words})
print("%5.2f|%s|%-6s|" % (math.pi, [1, 2], "ab"), "{:>8}|{:+.1f}".format("x", 2))
print(f"{math.pi:{8}.{3}f}|{'a'!r:>5}|{words!s:.20}|{1_000_000:,}|{0.25:.0%}|{255:#x}")
print(3 in counts.values(), "cat" in words, 5 in range(10), 1 < 2 < 3, (1, 2) < (1, 3))
matrix = [[1, 2], [3, 4]]
matrix[0][1] += 5
matrix[1][0:1] = [7, 8, 9]
matrix += [[0]]
print(matrix, list(zip(*matrix)), list(enumerate("ab", start=1)), [-1] * 3)
print(math.factorial(10), math.comb(10, 3), 2 ** 10, 7 // 2, -7 % 3, 1 << 5, 5 ^ 3, divmod(7, 3))
print(" ".join(str(i) for i in range(5)), "a-b".replace("-", "+"), "x".rjust(4, "."))
print(max(words, key=len), min(3, 1, 2), sum([[1], [2]], []), any(x > 2 for x in range(4)))
print(list(map(abs, [-1, 2])), list(filter(None, [0, 1])), list(reversed("abc")), next(iter([5])))
recursive = [1]
recursive.append(recursive)
print(recursive, OrderedDict(a=1), (1,), (), set(), frozenset({1}), {1: (2, [3])})

def outer():
    total = 0
    def inner(n):
        nonlocal total
        total += n
        return total
    return inner

add = outer()
print(add(1), add(2), (lambda *a, **k: (a, k))(1, b=2))

def countdown(n):
    while n:
        yield n
        n -= 1
print(list(countdown(3)), sum(countdown(4)), dict(zip("ab", countdown(2))))
try:
    [1, 2].index(3)
except ValueError as error:
    print("no:", error)
if (n := len(words)) > 3 and not n == 4:
    print(n, end="!\\n")
assert all(isinstance(w, str) for w in words), "words"
print(type(words).__name__ if False else type(words) is list, words[::-1][:2], words[-1])
class Point:
    size = 2
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)
    def __repr__(self):
        return f"Point({self.x}, {self.y})"
    def __len__(self):
        return self.size
p = Point(1, 2) + Point(3, 4)
p.x += 1
p.x *= 3
Point.size += 1
print(p, [p], len(p), str(p), f"{p}")
""",
    """
import torch
from torch import nn, optim
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(1)
data = TensorDataset(torch.arange(10.0).reshape(10, 1), torch.arange(10))
for x, label in DataLoader(data, batch_size=4, shuffle=True):
    print(x.flatten().tolist(), label)
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = (x ** 2).sum()
y.backward()
print(x.grad, y, y.item(), x.grad.tolist())
x.grad.zero_()
x.data -= 0.5
x.requires_grad = False
print(x, x[x > 1], x[[0, 2]], x[:, None] * x[None], x.T if x.dim() > 1 else None)
a = torch.arange(6).reshape(2, 3)
a[0, 1] += 10
a[1] *= 2
a[a > 9] = 0
print(a, a.sum(0), a.float().mean(dim=1, keepdim=True), a.nonzero(), a.unique())
print(torch.bincount(a.flatten()))
for row in a:
    print(row, list(row.shape), row[0].item())
one, two = a
print(torch.equal(one, two), torch.cat([one, two]), torch.stack((one, two)).shape, *a)
print(nn.functional.one_hot(torch.tensor([0, 2])), torch.einsum("ij,kj->ik", a, a))
model = nn.LSTM(2, 3, batch_first=True)
out, (h, c) = model(torch.randn(1, 4, 2))
print(out.shape, h.shape, out)
attention = nn.MultiheadAttention(4, 2, batch_first=True)
q = torch.randn(2, 5, 4)
print(attention(q, q, q)[0].sum())
parts = nn.Conv2d(1, 2, 3, padding=1), nn.BatchNorm2d(2), nn.MaxPool2d(2), nn.Flatten()
conv = nn.Sequential(*parts)
print(conv(torch.randn(2, 1, 8, 8)).shape, nn.Embedding(5, 2)(torch.tensor([1, 4])))
optimizer = optim.SGD(conv.parameters(), lr=0.1, momentum=0.9)
scheduler = optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)
for step in range(4):
    loss = conv(torch.ones(2, 1, 8, 8)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(conv.parameters(), 1.0)
    optimizer.step()
    scheduler.step()
    print(step, scheduler.get_last_lr(), f"{loss:.5f}")
torch.set_printoptions(precision=2)
print(torch.linalg.svd(torch.eye(3))[1], torch.linalg.inv(torch.eye(2)) / 3)
print(torch.autograd.functional.hessian(lambda t: (t ** 3).sum(), torch.ones(2)))
print(torch.func.vmap(torch.func.grad(lambda t: t ** 2))(torch.arange(3.0)))
print(torch.distributions.Normal(0.0, 1.0).log_prob(torch.tensor(0.0)))
print(torch.zeros(2_000), torch.rand(30, 30))
with torch.inference_mode():
    print(torch.cdist(torch.eye(2), torch.eye(2)), torch.kron(torch.eye(2), torch.ones(1, 2)))
""",
)
