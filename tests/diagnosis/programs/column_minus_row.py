"""Prices against areas; the prices are a row."""

import torch

area = torch.tensor([[0.5], [0.8], [1.2], [2.0]])
price = torch.tensor([1.0, 1.7, 2.3, 4.1])
rate = torch.tensor([[0.2]], requires_grad=True)
for _ in range(5):
    off = area @ rate - price  #- broadcast
    #+ off = area @ rate - price.unsqueeze(1)
    cost = off.abs().mean()
    cost.backward()
    with torch.no_grad():
        rate -= 0.01 * rate.grad
    rate.grad = None
