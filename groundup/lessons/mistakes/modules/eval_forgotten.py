"""A model with dropout that is asked for answers in train mode."""

import torch
from torch import nn

generator = torch.Generator().manual_seed(0)
y = torch.arange(200) % 2
X = (2 * y - 1)[:, None] + 0.8 * torch.randn(200, 2, generator=generator)

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 2))
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
for _ in range(100):
    loss = nn.functional.cross_entropy(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

between = torch.tensor([[0.2, 0.1]])
with torch.no_grad():
    for attempt in range(4):
        chance = model(between).softmax(dim=1)[0, 0].item()
        print(f"Attempt {attempt}: the same point is of class 0 with probability {chance:.4f}")
