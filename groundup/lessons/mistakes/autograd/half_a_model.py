"""A model with a list of hidden layers, and one last layer."""

import torch
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = [nn.Linear(2, 3), nn.Linear(3, 3)]
        self.last = nn.Linear(3, 1)


model = Model()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
trained = sum(parameter.numel() for parameter in model.parameters())
print(f"{trained} of 25 numbers will be trained")
