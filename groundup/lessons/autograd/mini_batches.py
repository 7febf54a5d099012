"""Add up the gradients of small batches: is it the gradient of the big one?"""

import torch

batches = 4            # how many mini-batches: 1 to 16
size = 8               # examples in each: 1 to 64
seed = 0               # which random numbers are drawn: 0 to 999999
dtype = "float32"      # the numbers' precision: float32 or float64

precision = getattr(torch, dtype)
generator = torch.Generator().manual_seed(seed)
X = torch.randn(batches * size, 1, generator=generator, dtype=precision)
y_true = 2 * X + 1
w = torch.tensor([[0.5]], dtype=precision, requires_grad=True)

# All examples at once
loss = torch.mean((X @ w - y_true) ** 2)
loss.backward()
big = w.grad.item()

# One mini-batch after the other, without zeroing in between
w.grad = None
for x, y in zip(X.split(size), y_true.split(size), strict=True):
    loss = torch.mean((x @ w - y) ** 2) / batches
    loss.backward()

difference = abs(w.grad.item() - big)
print(f"big batch {big:.8f}, added up {w.grad.item():.8f}, difference {difference:.1e}")
