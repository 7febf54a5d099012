"""The same loop before and after it gets an optimizer.

Records each epoch: loss, w, b
"""

import torch

learning_rate = 0.1     # how far each step goes: 0.0001 to 10
epochs = 100            # passes over the data: 1 to 2000
seed = 0                # which random numbers are drawn: 0 to 999999

torch.manual_seed(seed)
X = torch.randn(10, 1)
y_true = 2 * X + 1 + 0.1 * torch.randn(10, 1)
w = torch.randn(1, 1, requires_grad=True)
b = torch.randn(1, requires_grad=True)

for epoch in range(epochs):
    y_hat = X @ w + b                       # guess
    loss = torch.mean((y_hat - y_true)**2)  # score
    loss.backward()                         # blame
    with torch.no_grad():
        w -= learning_rate * w.grad         # nudge
        b -= learning_rate * b.grad
    w.grad.zero_()                          # reset
    b.grad.zero_()

print(f"w: {w.item():.6f}, b: {b.item():.6f}, last loss: {loss.item():.6f}")
