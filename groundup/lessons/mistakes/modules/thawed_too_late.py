"""Train the head first, then let the body learn as well."""

import torch
from torch import nn

generator = torch.Generator().manual_seed(0)
X = torch.randn(100, 2, generator=generator)
y = X[:, :1] - 2 * X[:, 1:]

torch.manual_seed(0)
body, head = nn.Linear(2, 8), nn.Linear(8, 1)
model = nn.Sequential(body, head)
body.requires_grad_(False)
learning = [parameter for parameter in model.parameters() if parameter.requires_grad]
optimizer = torch.optim.SGD(learning, lr=0.01)
before = body.weight.detach().clone()

for epoch in range(100):
    if epoch == 50:
        body.requires_grad_(True)
    loss = nn.functional.mse_loss(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(f"The body's weights have moved: {not torch.equal(before, body.weight)}")
