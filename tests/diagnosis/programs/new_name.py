"""An update in a function, which gives the new value to a name of its own."""

import torch


def descend(p, rate):
    p = p - rate * p.grad.detach()  #- rebound
    #+ with torch.no_grad():
    #+     p -= rate * p.grad
    return rate


c = torch.tensor(4.0, requires_grad=True)
for _ in range(5):
    c.grad = None
    ((c - 1) ** 2).backward()
    descend(c, 0.1)
