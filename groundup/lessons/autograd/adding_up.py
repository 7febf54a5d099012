"""Call backward() again and again, and watch .grad."""

import torch

calls = 3        # how often backward() is called: 1 to 12
start_w = 3.0    # where w stands: -10 to 10

w = torch.tensor(start_w, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1)

for call in range(calls):
    x = call + 1.0
    loss = (w * x - 1) ** 2
    loss.backward()
    print(f"call {call + 1}: w.grad = {w.grad}")
