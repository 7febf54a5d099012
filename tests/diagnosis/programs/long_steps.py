"""Steps so long that each lands higher on the other side."""

import torch

x = torch.linspace(-3, 3, 30).unsqueeze(1)
y = 2 * x
step = 0.9  #- diverges
#+ step = 0.05
w = torch.zeros(1, 1, requires_grad=True)
for _ in range(30):
    loss = ((x @ w - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= step * w.grad
        w.grad = None
