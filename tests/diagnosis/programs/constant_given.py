"""A tensor in the optimizer that nobody asked to learn."""
import torch

w = torch.ones(3, requires_grad=True)
b = torch.zeros(1)  #- constant
#+ b = torch.zeros(1, requires_grad=True)
opt = torch.optim.SGD([w, b], lr=0.05)
x = torch.randn(10, 3)
for _ in range(5):
    opt.zero_grad()
    (x @ w + b - 4).pow(2).mean().backward()
    opt.step()
