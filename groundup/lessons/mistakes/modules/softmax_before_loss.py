"""A classifier that applies softmax before cross-entropy, which applies its own."""

import torch
from torch import nn

generator = torch.Generator().manual_seed(0)
y = torch.arange(200) % 2
X = (2 * y - 1)[:, None] + 0.3 * torch.randn(200, 2, generator=generator)

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 2), nn.Softmax(dim=1))
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
for epoch in range(200):
    loss = nn.functional.cross_entropy(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch % 40 == 0:
        print(f"Epoch {epoch} | Loss: {loss.item():.4g}")
print(f"The loss ends at {loss.item():.4g}; a perfect answer should give nearly 0")
