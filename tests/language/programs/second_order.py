import torch
from torch.autograd import grad


def bowl(p):
    x, y = p
    return x**4 + x * y + (1 + y) ** 2


p = torch.tensor([0.75, -1.25], requires_grad=True)
for step in range(4):
    (slope,) = grad(bowl(p), p, create_graph=True)
    rows = [grad(slope[i], p, retain_graph=True)[0] for i in range(2)]
    with torch.no_grad():
        p -= torch.linalg.solve(torch.stack(rows), slope)
print(p, torch.autograd.functional.hessian(bowl, p.detach()))
