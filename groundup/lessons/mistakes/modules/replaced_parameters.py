"""An optimizer that was given parameters which the model no longer uses."""

import torch
from torch import nn

generator = torch.Generator().manual_seed(0)
X = torch.randn(40, 1, generator=generator)
y = 2 * X + 1

model = nn.Linear(1, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
# A new start, as new tensors
model.weight = nn.Parameter(torch.zeros(1, 1))
model.bias = nn.Parameter(torch.zeros(1))

for epoch in range(100):
    loss = nn.functional.mse_loss(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch % 20 == 0:
        print(f"Epoch {epoch} | Loss: {loss.item():.4g}, now w: {model.weight.item():.4g}")
