"""A walk that adds what it should subtract."""

import torch

place = torch.tensor([1.0, 2.0], requires_grad=True)
for _ in range(6):
    height = (place**2).sum()
    height.backward()
    with torch.no_grad():
        place += 0.1 * place.grad  #- uphill
        #+ place -= 0.1 * place.grad
    place.grad.zero_()
