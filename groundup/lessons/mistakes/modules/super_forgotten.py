"""A model whose __init__ does not call that of nn.Module."""

from torch import nn


class Model(nn.Module):
    def __init__(self):
        self.linear = nn.Linear(2, 1)

    def forward(self, x):
        return self.linear(x)


model = Model()
print(model)
