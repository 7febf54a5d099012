"""A model that keeps its layers in a Python list."""

import torch
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(2, 3), nn.Linear(3, 1)]

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


model = Model()
print(f"{sum(p.numel() for p in model.parameters())} of 13 numbers are known to the model")
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
print("The optimizer has something to train")
