"""A model with its layers in a Python list."""

import torch
from torch import nn


class Stack(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(2, 2), nn.Linear(2, 1)]


model = Stack()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
print(f"{len(list(model.parameters()))} parameter tensors to train")
