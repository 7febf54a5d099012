"""Learn a sine from batches of eight examples, fetched before the loop."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
X = 6 * torch.rand(200, 1) - 3
y = torch.sin(2 * X)
model = nn.Sequential(nn.Linear(1, 32), nn.Tanh(), nn.Linear(32, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
loader = DataLoader(TensorDataset(X, y), batch_size=8)

batch_X, batch_y = next(iter(loader))
for _ in range(40):
    for _ in loader:
        loss = nn.functional.mse_loss(model(batch_X), batch_y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

with torch.no_grad():
    everywhere = nn.functional.mse_loss(model(X), y)
print(f"Loss on the last batch {loss.item():.4g}, on all 200 examples {everywhere.item():.4g}")
