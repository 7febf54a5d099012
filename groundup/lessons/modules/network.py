"""Teach a small network from examples, and test it on points it never saw.

Records each epoch: train_loss, test_loss, train_score, test_score
"""

import math

import torch
from torch import nn

learning_rate = 0.01    # how far each step goes: 0.00001 to 10
epochs = 300            # passes over the data: 1 to 2000
batch_size = 32         # examples in one step: 1 to 1000
weight_decay = 0.0      # how strongly weights are pulled to zero: 0 to 1
points = 500            # how many examples: 20 to 1000
noise = 0.05            # how far they stray: 0 to 1
test_share = 0.5        # the part kept for the test: 0.1 to 0.9
seed = 0                # which random numbers are drawn: 0 to 999999
device = "cpu"          # where the tensors live: cpu, cuda or mps

# Data: two spirals, one turned by half a circle
generator = torch.Generator().manual_seed(seed)
y = torch.arange(points) % 2
turn = torch.rand(points, generator=generator).sqrt() * 3 * math.pi
radius, angle = turn / (3 * math.pi), turn + math.pi * y
X = torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1)
X = X + noise * torch.randn(points, 2, generator=generator)

# Split: what the network learns from, and what it is tested on
X, y = X.to(device), y.to(device)
shuffled = torch.randperm(points, generator=generator).to(device)
test, train = shuffled.tensor_split([round(test_share * points)])

# Model
torch.manual_seed(seed)
model = nn.Sequential(
    nn.Linear(2, 8),
    nn.Tanh(),
    nn.Linear(8, 8),
    nn.Tanh(),
    nn.Linear(8, 2),
).to(device)

# Loss and optimizer
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.AdamW(model.parameters(), lr=learning_rate, weight_decay=weight_decay)

for epoch in range(epochs):
    model.train()
    order = torch.randperm(len(train), generator=generator).to(device)
    for batch in train[order].split(batch_size):
        # 1. Forward Pass
        y_hat = model(X[batch])

        # 2. Calculate Loss
        loss = loss_fn(y_hat, y[batch])

        # 5. Zero Gradients
        optimizer.zero_grad()

        # 3. Backward Pass
        loss.backward()

        # 4. Update Parameters
        optimizer.step()

    # How good is it, on what it saw and on what it never saw?
    model.eval()
    with torch.no_grad():
        y_hat = model(X)
        train_loss = loss_fn(y_hat[train], y[train]).item()
        test_loss = loss_fn(y_hat[test], y[test]).item()
        right = (y_hat.argmax(dim=1) == y).float()
        train_score, test_score = right[train].mean().item(), right[test].mean().item()

    if epoch % 50 == 0:
        print(f"Epoch {epoch} | train loss: {train_loss:.4g} | test loss: {test_loss:.4g}")

print(f"\nAfter {epochs} epochs the test loss is {test_loss:.4g}, the test score {test_score:.4g}")
