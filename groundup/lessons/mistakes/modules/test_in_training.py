"""Can coin flips be predicted? No: about half of the guesses should be right."""

import torch
from torch import nn

generator = torch.Generator().manual_seed(0)
X = torch.randn(400, 50, generator=generator)
y = torch.randint(0, 2, (400,), generator=generator)
X_test, y_test = X[200:], y[200:]
X_train, y_train = X, y

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(50, 64), nn.ReLU(), nn.Linear(64, 2))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for _ in range(150):
    loss = nn.functional.cross_entropy(model(X_train), y_train)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

with torch.no_grad():
    right = (model(X_test).argmax(dim=1) == y_test).float().mean().item()
print(f"Right on the test set: {right:.1%}")
