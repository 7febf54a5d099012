"""XOR with a module of one's own."""

import torch
from torch import nn

torch.manual_seed(0)
x = torch.rand(40, 2) * 2 - 1
y = (x[:, 0] * x[:, 1] > 0).float()[:, None]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 8)
        self.out = nn.Linear(8, 1)

    def forward(self, x):
        h = torch.relu(self.hidden(x))
        return self.out(h)


model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
for epoch in range(100):
    loss = torch.mean((model(x) - y) ** 2)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(f"loss {loss.item():.4f}")
