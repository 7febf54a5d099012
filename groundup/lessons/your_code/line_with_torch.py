"""The same line, with PyTorch's tools."""

import torch
from torch import nn

torch.manual_seed(0)
X = torch.randn(20, 1)
y = 2 * X + 1 + 0.1 * torch.randn(20, 1)

model = nn.Linear(1, 1)
loss_fn = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

for epoch in range(40):
    loss = loss_fn(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

print(f"w {model.weight.item():.3f}, b {model.bias.item():.3f}")
