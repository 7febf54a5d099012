"""The clean training loop with a DataLoader, which deals the examples out in batches."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

batch_size = 4          # how many examples each step gets: 1 to 20
shuffle = True          # whether each epoch mixes them anew: True or False
drop_last = False       # whether a last batch that is too small is left out: True or False
epochs = 30             # passes over the data: 1 to 200
seed = 0                # which random numbers are drawn: 0 to 999999

torch.manual_seed(seed)
X = torch.randn(10, 1)
y_true = 2 * X + 1 + 0.1 * torch.randn(10, 1)

# A dataset gives one example for a number; the third tensor is that number, to be seen below
dataset = TensorDataset(X, y_true, torch.arange(10))
loader = DataLoader(
    dataset, batch_size=batch_size, shuffle=shuffle, drop_last=drop_last, num_workers=0
)

model = nn.Linear(1, 1)
loss_fn = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
w, b = model.weight, model.bias
dealt = []

for epoch in range(epochs):
    dealt.append([])
    for X_batch, y_batch, numbers in loader:
        dealt[epoch].append(numbers.tolist())
        y_hat = model(X_batch)
        loss = loss_fn(y_hat, y_batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

print(f"{len(dataset)} examples, {len(loader)} batches in each epoch")
for epoch in range(min(epochs, 3)):
    print(f"epoch {epoch}: {dealt[epoch]}")
print(f"w: {w.item():.4f}, b: {b.item():.4f}")
