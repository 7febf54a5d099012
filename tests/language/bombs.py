"""Texts that would take the machine's memory or time, or change what others share.

``BOMBS`` goes from what a text tries to its texts. Each ends with a sentence, or in the error that
Python has for it, within the bounds: run in a process of its own by ``test_bounds.py``.
"""

from __future__ import annotations

HEAD = """import torch, math, copy, random
import torch.nn as nn
import torch.nn.functional as F
from torch import optim
"""

BOMBS: dict[str, str] = {}
"""What is tried: each text is a paragraph; its first line says what must be in the last words."""

BOMBS["numbers"] = """
# 64 bits
10 ** 10 ** 10

# 64 bits
x = 7
x **= 10 ** 9

# 64 bits
1 << 10 ** 12

# 64 bits
x = 3
while True: x *= x

# 64 bits
x = 2
for i in range(100): x = x * x

# 64 bits
pow(3, 10 ** 9)

# 64 bits
math.factorial(10 ** 7)

# 64 bits
math.comb(10 ** 9, 5 * 10 ** 8)

# 64 bits
math.perm(10 ** 7)

# 64 bits
math.prod([2 ** 60] * 10_000)

# 64 bits
sum([2 ** 63] * 5)

# 64 bits
int("9" * 4000)

# 64 bits
int(1e300)

# 64 bits
x = [2 ** 63]
x[0] += 2 ** 63
x[0] += 2 ** 63

# 64 bits
class A:
    n = 9
a = A()
while True: a.n *= 9

# 64 bits
int.from_bytes(b"a" * 9000)

# 64 bits
x = math.lcm(*range(1, 5000))

# 64 bits
list(map(pow, [3], [10 ** 9]))

# 64 bits
p = pow
p(7, 10 ** 9)

# ran to its end
round(5, -10 ** 9)
"""

BOMBS["strings"] = """
# characters
'a' * 10 ** 9

# characters
10 ** 9 * 'a'

# characters
s = 'ab'
while True: s += s

# characters
f"{1:{10 ** 9}}"

# characters
f"{1:1000000000}"

# characters
f"{1.5:.{10 ** 6}f}"

# characters
f"{'a':>100000}"

# characters
'%1000000000d' % 5

# width as *
'%*d' % (10 ** 9, 5)

# characters
'%.1000000000f' % 5

# characters
'a'.ljust(10 ** 9)

# characters
'a'.center(10 ** 9, 'b')

# characters
'a'.zfill(10 ** 9)

# characters
('a' * 10_000).replace('a', 'a' * 10_000)

# characters
('a' * 9_000).join(['b'] * 9_000)

# characters
''.join('a' * 9_000 for i in range(9_000))

# characters
('\\t' * 9_000).expandtabs(10 ** 7)

# characters
'{:1000000000}'.format(5)

# looks into a value
'{0.real}'.format(5)

# looks into a value
'{:{}}'.format(5, 10 ** 9)

# not here
'a'.translate({97: 'b' * 9_000})

# characters
format(5, '1000000000')

# characters
b'a' * 10 ** 9

# characters
str.ljust('a', 10 ** 9)

# characters
list(map(str.ljust, ['a'], [10 ** 9]))

# characters
w = 'a'.ljust
w(10 ** 9)

# characters
s = 'a' * 9_000
s = f"{s}{s}{s}{s}" + s

# characters
d = {'s': 'abc'}
for i in range(60): d['s'] *= 2
"""

BOMBS["lists"] = """
# entries
[0] * 10 ** 9

# entries
10 ** 9 * (0,)

# entries
x = [0]
x *= 10 ** 9

# entries
list(range(10 ** 9))

# entries
tuple(range(10 ** 9))

# entries
set(range(10 ** 9))

# entries
dict.fromkeys(range(10 ** 9))

# entries
[i for i in range(10 ** 9)]

# entries
{i for i in range(10 ** 9)}

# entries
{i: i for i in range(10 ** 9)}

# entries
[*range(10 ** 9)]

# entries
a, *b = range(10 ** 9)

# entries
print(*range(10 ** 9))

# ended
a = [0]
while True: a.append(a)

# entries
a = [0] * 9_999
for i in range(3): a.append(a)

# entries
a = [0]
while True: a += a

# entries
a = [0]
while True: a.extend(a)

# entries
a = [0]
while True: a[len(a):] = a

# entries
a = [0]
while True: a = a + a

# entries
a = [0]
a += range(10 ** 9)

# have no end
a = [0]
a += iter(lambda: 0, 1)

# ended
d = {}
i = 0
while True:
    d[i] = i
    i += 1

# entries
d = {}
d.update((i, i) for i in range(10 ** 9))

# entries
s = set()
add = s.add
list(map(add, range(9_000)))
list(map(add, range(9_000, 18_000)))

# entries
s = {0}
s |= set(range(9_000))
s |= set(range(9_000, 18_000))

# entries
sorted(range(10 ** 9))

# entries
list(map(list, [range(10 ** 9)]))

# entries
sorted([0], key=lambda _: list(range(10 ** 9)))

# entries
list(zip(range(10 ** 9), range(10 ** 9)))

# entries
[[j for j in range(10 ** 9)] for i in range(10 ** 9)]

# entries
sum([[0] * 9_000] * 9_000, [])

# entries
t = ()
while True: t += (1,) * 9_000

# lists within lists
t = (0,)
for i in range(100): t = (t, t)

# lists within lists
t = (0,) * 10_000
t = (t,) * 10_000

# writes a value
a = [0]
for i in range(100): a = [a, a]
print(a)

# lists within lists
a, b = [0], [0]
for i in range(100): a, b = [a, a], [b, b]
a == b

# lists within lists
a, b = [0], [0]
for i in range(100): a, b = [a, a], [b, b]
a in [b]

# lists within lists
a, b = [0], [0]
for i in range(100): a, b = [a, a], [b, b]
sorted([a, b])

# lists within lists
a, b = [0], [0]
for i in range(100): a, b = [a, a], [b, b]
[a].index(b)

# lists within lists
a = [0]
for i in range(100): a = [a, a]
raise ValueError(a)

# raised ValueError
a = []
e = ValueError(a)
b = [0]
for i in range(100): b = [b, b]
a.append(b)
raise e

# lists within lists
a = [0]
for i in range(100): a = [a, a]
torch.tensor(a)

# ended
a = [0]
for i in range(10_000): a = [a]
torch.tensor(a)

# lists within lists
a = [0]
for i in range(100): a = [a, a]
copy.deepcopy(a)

# entries
random.sample(range(10 ** 9), 10 ** 8)

# entries
random.choices([1, 2], k=10 ** 9)

# entries
nn.Sequential(*(nn.ReLU() for i in range(10 ** 9)))

# entries
class L(list):
    pass
L(range(10 ** 9))
"""

BOMBS["output"] = """
# characters
print([0] * 10_000, [1] * 10_000)
print([0] * 10_000, [1] * 10_000)

# printed all
while True: print('a' * 100)

# printed all
for i in range(30): print('a' * 1_000)

# printed all
print(*[1] * 10_000, sep='a' * 10_000)

# printed all
print(1, end='a' * 10_000)
print(1, end='a' * 10_000)
print(1, end='a' * 10_000)

# characters
a = ['a' * 9_000] * 10
print(a)

# characters
d = {'a': 'a' * 9_000}
print(f"{[d] * 9_000}")

# characters
class A:
    def __repr__(self):
        return 'a' * 9_000
print([A()] * 9_000)

# numbers of a tensor
torch.set_printoptions(threshold=10_000)
print(torch.zeros(9_000))

# more than
torch.set_printoptions(threshold=10 ** 9)

# numbers of a tensor
print(torch.zeros([2] * 20))

# numbers of a tensor
str(torch.zeros([4] * 10))
"""

BOMBS["time"] = """
# ended
while True: pass

# ended
while True:
    try:
        while True: pass
    except Exception:
        pass

# ended
try:
    while True: pass
finally:
    while True: pass

# ended
while True:
    try:
        x = 1
    finally:
        continue

# ended
def f():
    while True:
        try:
            yield 1
        finally:
            while True: pass
for x in f(): pass

# ended
def f():
    try:
        yield 1
    finally:
        while True: pass
g = f()
next(g)
while True: pass

# ran to its end
def f(box):
    try:
        yield 1
    finally:
        while True: pass
box = []
g = f(box)
box.append(g)
next(g)

# ended
sum(1 for _ in iter(lambda: 0, 1))

# ended
any(x > 10 ** 13 for x in range(10 ** 12))

# ended
max(range(10 ** 12))

# ended
sum(range(10 ** 12))

# ended
max(map(abs, range(10 ** 12)))

# at once
0.5 in range(10 ** 12)

# ended
5 in (0 for _ in range(10 ** 12))

# entries
range(10 ** 12).index(0.5)

# ended
f = lambda n: n if n < 2 else f(n - 1) + f(n - 2)
f(60)

# ended
def f(n):
    return n if n < 2 else f(n - 1) + f(n - 2)
f(60)

# ended
def deep(n):
    if n:
        deep(n - 1)
    while True: pass
deep(80)

# deeper
def f(): return f()
f()

# deeper
f = lambda: f()
f()

# deeper
class A:
    def __getitem__(self, i):
        return self[i]
A()[0]

# ended
class A:
    def __getitem__(self, i):
        return i
list(A())

# ended
class A:
    def __iter__(self):
        return self
    def __next__(self):
        return 1
any(x == 2 for x in A())

# entries
class A:
    def __iter__(self):
        return map(abs, range(10 ** 12))
optim.SGD(iter(A()), lr=0.1)

# seconds of computing
a = torch.ones(2_500, 2_500)
a @ a @ a

# MB while
torch.linalg.svd(torch.ones(2_000, 2_000))

# MB while
torch.linalg.eig(torch.ones(1_500, 1_500))

# seconds of computing
torch.matrix_exp(torch.ones(1_000, 1_000))

# MB while
torch.linalg.pinv(torch.ones(2_000, 2_000))

# MB while
torch.sort(torch.ones(4_000_000))

# MB while
F.conv2d(torch.ones(1, 8, 256, 256), torch.ones(16, 8, 63, 63))

# seconds of computing
torch.cdist(torch.ones(3_000, 300), torch.ones(3_000, 300), p=3)

# MB while
torch.ones(1).expand(10 ** 12).sum()

# seconds of computing
torch.lgamma(torch.ones(8_000_000))

# seconds of computing
F.max_pool2d(torch.ones(1, 1, 2_000, 2_000), 201, 1)

# seconds of computing
torch.einsum('ab,bc->ac', *[torch.ones(2_000, 2_000)] * 2)

# seconds of computing
torch.linalg.eig(torch.ones(800, 800))

# seconds of computing
torch.linalg.svd(torch.ones(1_000, 1_000))

# ended
w = nn.Parameter(torch.ones(3))
o = optim.LBFGS([w], max_iter=10 ** 9, tolerance_grad=-1, tolerance_change=-1)
def closure():
    loss = (w ** 2).sum() + torch.rand(())
    loss.backward()
    return loss
while True: o.step(closure)

# not here
import time

# worker processes
from torch.utils.data import DataLoader
DataLoader([1, 2, 3], num_workers=2)

# worker processes
from torch.utils.data import DataLoader
class Mine(DataLoader):
    def __init__(self, data):
        super().__init__(data, num_workers=4)
Mine([1, 2, 3])
"""

BOMBS["memory"] = """
# MB
torch.zeros(10 ** 5, 10 ** 5)

# MB
torch.empty(10 ** 9)

# MB
torch.Tensor(10 ** 5, 10 ** 5)

# MB
torch.full((10 ** 5, 10 ** 5), 1.0)

# MB
torch.arange(10 ** 10)

# MB
torch.arange(0, 1, 1e-10)

# MB
torch.linspace(0, 1, 10 ** 10)

# MB
torch.logspace(0, 1, 10 ** 10)

# MB
torch.eye(10 ** 5)

# draws
torch.randperm(10 ** 7)

# MB
torch.rand(10 ** 9)

# MB
torch.randint(5, (10 ** 9,))

# MB
torch.tril_indices(10 ** 5, 10 ** 5)

# MB
nn.Linear(10 ** 5, 10 ** 5)

# MB
nn.Embedding(10 ** 8, 100)

# MB
nn.LSTM(5_000, 5_000)

# MB
nn.Conv2d(1_000, 1_000, 100)

# MB
nn.MultiheadAttention(8_000, 2)

# MB
nn.Bilinear(1_000, 1_000, 1_000)

# MB
xs = []
while True: xs.append(torch.zeros(1_000_000))

# ended
x = torch.ones(1_000, requires_grad=True)
while True: x = (x * 2).exp()

# MB
x = torch.ones(2)
while True: x = torch.cat([x, x])

# MB
x = torch.ones(2)
while True: x = torch.stack([x, x])

# MB
x = torch.ones(1, 10 ** 4)
x + x.T * x.T.repeat(1, 1)

# MB
torch.ones(10 ** 5, 1) + torch.ones(1, 10 ** 5)

# MB
torch.ones(1).repeat(10 ** 10)

# MB
torch.ones(1).expand(10 ** 10).clone()

# MB
torch.ones(1).expand(10 ** 10) + 1

# MB
torch.ones(1, 1).expand(8_000, 8_000) @ torch.ones(8_000, 1)

# MB
torch.ones(1).as_strided((10 ** 5, 10 ** 5), (0, 0)).contiguous()

# MB
torch.ones(10 ** 4).repeat_interleave(10 ** 6)

# MB
torch.tensor([1, 2]).repeat_interleave(torch.tensor([10 ** 10, 1]))

# MB
torch.bincount(torch.tensor([10 ** 10]))

# MB
F.one_hot(torch.tensor([10 ** 10]))

# MB
torch.histc(torch.ones(3), bins=10 ** 9)

# MB
torch.kron(torch.ones(10 ** 4), torch.ones(10 ** 5))

# MB
torch.outer(torch.ones(10 ** 5), torch.ones(10 ** 5))

# MB
torch.cartesian_prod(*[torch.arange(100)] * 5)

# MB
torch.combinations(torch.arange(200), 5)

# MB
torch.meshgrid(*[torch.arange(1_000)] * 3, indexing='ij')[0].clone()

# MB
torch.cdist(torch.ones(10 ** 5, 1), torch.ones(10 ** 5, 1))

# MB
torch.einsum('a,b,c,d->abcd', *[torch.ones(200)] * 4)

# MB
torch.ones(5_000, 5_000)

# MB
torch.ones(5).resize_(10 ** 9)

# MB
torch.add(torch.ones(10 ** 5, 1), torch.ones(1, 10 ** 5), out=torch.empty(0))

# MB
F.pad(torch.ones(2), (10 ** 9, 10 ** 9))

# MB
F.interpolate(torch.ones(1, 1, 4, 4), scale_factor=10 ** 5)

# MB
F.conv2d(torch.ones(1, 1, 4, 4), torch.ones(1, 1, 1, 1), padding=10 ** 5)

# MB
F.conv_transpose2d(torch.ones(1, 1, 4, 4), torch.ones(1, 1, 1, 1), stride=10 ** 5)

# MB
F.unfold(torch.ones(1, 1, 3_000, 3_000), 9)

# MB
x = torch.ones(10 ** 4, requires_grad=True)
x[None] * x[:, None]

# MB
F.scaled_dot_product_attention(*[torch.ones(1, 8, 8_000, 8)] * 3)

# MB
F.embedding(torch.zeros(10 ** 5, dtype=torch.long), torch.ones(10, 10 ** 3))

# MB
torch.fft.fft(torch.ones(4), n=10 ** 9)

# draws
torch.multinomial(torch.ones(4), 10 ** 9, replacement=True)

# MB
torch.distributions.Normal(0.0, 1.0).sample((10 ** 9,))

# MB
torch.ones(3)[torch.zeros(10 ** 5, 1, dtype=torch.long).expand(10 ** 5, 10 ** 5)]

# MB
torch.triu(torch.ones(1).expand(10 ** 5, 10 ** 5))

# MB
torch.eye(30_000)

# MB
torch.linalg.svd(torch.ones(30_000, 1))

# MB
torch.linalg.qr(torch.ones(30_000, 1), mode='complete')

# MB
torch.pdist(torch.ones(20_000, 1))

# MB
torch.diag(torch.ones(10 ** 5))

# MB
torch.vander(torch.ones(10 ** 5), 10 ** 5)

# MB
torch.func.vmap(lambda x: x.expand(10 ** 5, 10 ** 5) + 1)(torch.ones(2, 1))

# MB
torch.autograd.functional.hessian(lambda x: (x ** 3).sum(), torch.ones(10 ** 5))

# MB
torch.autograd.functional.jacobian(lambda x: x * 2, torch.ones(10 ** 5))

# MB
with torch.inference_mode():
    torch.einsum('a,b,c,d->abcd', *[torch.ones(200)] * 4)

# MB
with torch.inference_mode():
    torch.outer(torch.ones(10 ** 5), torch.ones(10 ** 5))

# MB
a = torch.zeros(10_000_000)
b = copy.deepcopy([a, a.clone()])

# MB
net = nn.Linear(2_000, 2_000)
nets = [copy.deepcopy(net) for i in range(100)]

# MB
torch.zeros(6_000_000, dtype=torch.complex128)

# MB
x = torch.zeros(100)
x.data = torch.zeros(10 ** 9)

# apart
torch.zeros(10 ** 7, dtype=torch.int8).unbind()

# apart
for x in torch.zeros(10 ** 7, dtype=torch.int8): pass

# apart
torch.zeros(10 ** 7, dtype=torch.int8).split(1)

# one by one
torch.zeros(10 ** 7).tolist()

# keeps more
xs = [torch.zeros(10_000).unbind() for i in range(10_000)]

# ordinary
torch.eye(3).to_sparse()

# ordinary
torch.sparse_coo_tensor(torch.zeros(2, 1).long(), torch.ones(1), (10 ** 5, 10 ** 5)).to_dense()

# not here
torch.ones(3).numpy()

# ended
w = torch.ones(1_000, requires_grad=True)
y = w
for i in range(10 ** 5):
    y = y * w
    g, = torch.autograd.grad(y.sum(), w, create_graph=True)
    y = y + g

# MB
torch.nn.utils.rnn.pad_sequence([torch.ones(10 ** 6), *[torch.ones(1)] * 1_000])

# draws
from torch.utils.data import DataLoader
class Data:
    def __len__(self):
        return 10 ** 9
    def __getitem__(self, i):
        return i
for batch in DataLoader(Data(), shuffle=True): pass

# raised
torch.zeros(3, device='cuda')

# raised
torch.ones(3, 4) @ torch.ones(3, 4)

# raised
torch.ones(3_000, 4) @ torch.ones(3_000, 400)
"""

BOMBS["state"] = """
# share
nn.Linear.forward = lambda self, x: x

# share
F.relu = torch.sigmoid

# share
torch.relu = torch.sigmoid

# share
del F.relu

# share
type(nn.Linear(1, 1)).forward = None

# share
math.pi = 3

# share
torch.Tensor.backward = None

# share
type(torch.ones(1)).backward = None

# share
nn.functional.relu.x = 1

# share
nn.Linear.count = 1
nn.Linear.count += 1

# share
math.pi += 1

# share
for nn.Linear.forward in [1]: pass

# share
(nn.Linear.forward, x) = 1, 2

# share
torch.distributions.Normal.support.x = 1

# ran to its end
class Net(nn.Linear): pass
Net.forward = lambda self, x: x
Net.count = 1
Net.count += 1
net = nn.Linear(1, 1)
net.forward = lambda x: x
net(1)

# ran to its end
torch.set_default_dtype(torch.float64)
torch.set_printoptions(precision=2)
torch.set_grad_enabled(False)
torch.manual_seed(5)
random.seed(5)

# ran to its end
torch.use_deterministic_algorithms(True)
torch.autograd.set_detect_anomaly(True)
torch.set_float32_matmul_precision('medium')

# ran to its end
torch.set_default_device('meta')
x = torch.zeros(10 ** 9)

# ran to its end
def f():
    with torch.no_grad():
        yield
g = f()
next(g)

# raised
def f():
    with torch.inference_mode():
        yield
def k():
    g = f()
    next(g)
    raise ValueError
k()

# ran to its end
def f():
    with torch.inference_mode():
        yield
g = [f()]
g.append(g)
next(g[0])

# not here
torch.nn.modules.module.register_module_forward_hook(print)

# not here
torch.nn.modules.module.register_module_full_backward_hook(print)

# not here
torch.set_num_threads(64)

# not here
torch.save({}, 'x')

# not here
torch.load('x')

# not here
torch.compile(nn.Linear(1, 1))

# not here
torch.hub.load('x', 'y')

# not here
torch.from_file('/etc/passwd', size=4)

# not here
import os

# not here
from torch import os

# not here
import sys

# not here
from torch import multiprocessing

# not here
import torch.multiprocessing

# raised NameError
open('/etc/passwd')

# raised NameError
eval('1')

# raised NameError
exec('1')

# raised NameError
getattr(1, 'real')

# raised NameError
globals()

# raised NameError
breakpoint()

# write class
type('A', (), {})

# file
print(1, file=[])

# ran to its end
len = lambda x: 5
len([1])
list = print
list(3)
"""


def texts() -> list[tuple[str, str]]:
    """Each text, and what must be in the words with which it ends."""
    found = []
    for paragraphs in BOMBS.values():
        for paragraph in paragraphs.strip().split("\n\n"):
            first, text = paragraph.split("\n", 1)
            found.append((HEAD + text + "\n", first.removeprefix("# ")))
    return found
