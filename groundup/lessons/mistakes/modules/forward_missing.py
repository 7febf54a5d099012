"""A model whose forward() is indented one level too far."""

import torch
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(2, 1)

        def forward(self, x):
            return self.linear(x)


model = Model()
print(f"Output of shape {tuple(model(torch.ones(3, 2)).shape)}")
