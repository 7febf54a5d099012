"""The model is made anew after the optimizer got its parameters."""

import torch
from torch import nn


def build(width):
    return nn.Sequential(nn.Linear(2, width), nn.Tanh(), nn.Linear(width, 1))


model = build(4)
trainer = torch.optim.RMSprop(model.parameters(), lr=0.01)  #- changed: left out
model = build(12)
#+ trainer = torch.optim.RMSprop(model.parameters(), lr=0.01)
x = torch.randn(16, 2)
for _ in range(6):
    trainer.zero_grad()
    (model(x) - x.prod(1, keepdim=True)).pow(2).mean().backward()
    trainer.step()
