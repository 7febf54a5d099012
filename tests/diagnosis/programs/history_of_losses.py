"""A list of losses, each with its graph."""

import torch

a = torch.tensor(2.0, requires_grad=True)
seen = []
for _ in range(6):
    loss = (a - 1) ** 2
    loss.backward()
    with torch.no_grad():
        a -= 0.1 * a.grad
    a.grad = None
    seen.append(loss)  #- kept_graph
    #+ seen.append(loss.item())
