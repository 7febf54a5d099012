"""A running total that keeps every graph."""

import torch

q = torch.nn.Linear(2, 1)
opt = torch.optim.SGD(q.parameters(), lr=0.01)
running = 0.0
for _ in range(6):
    opt.zero_grad()
    miss = q(torch.randn(4, 2)).abs().mean()
    miss.backward()
    opt.step()
    running = running + miss  #- kept_graph
    #+ running = running + miss.item()
print(float(running))
