"""The same five lines train a feed-forward block, and one weight and one bias.

Records each epoch: loss
"""

import torch
from torch import nn

learning_rate = 0.01    # how far each step goes: 0.0001 to 10
epochs = 200            # passes over the data: 1 to 2000
seed = 0                # which random numbers are drawn: 0 to 999999
device = "cpu"          # where the tensors live: cpu, cuda or mps
points = 100            # how many examples: 2 to 500
noise = 0.05            # how far they stray from the wave: 0 to 5
hidden = 64             # numbers that describe one example: 1 to 4096
intermediate = 256      # neurons in the block: 1 to 16384


class FeedForwardNetwork(nn.Module):
    def __init__(self, hidden, intermediate):
        super().__init__()
        self.layer1 = nn.Linear(hidden, intermediate)
        self.activation = nn.GELU()
        self.layer2 = nn.Linear(intermediate, hidden)

    def forward(self, x):
        x = self.layer1(x)
        x = self.activation(x)
        x = self.layer2(x)
        return x


# Sample data: a wave, and some noise
torch.manual_seed(seed)
X = torch.linspace(-1, 1, points).unsqueeze(1)
y_true = torch.sin(6 * X) + noise * torch.randn(points, 1)
X, y_true = X.to(device), y_true.to(device)

# The model: the one statement that knows how big it is
model = nn.Sequential(
    nn.Linear(1, hidden), FeedForwardNetwork(hidden, intermediate), nn.Linear(hidden, 1)
)
model.to(device)
loss_fn = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)

for epoch in range(epochs):
    # 1. Forward Pass
    y_hat = model(X)

    # 2. Calculate Loss
    loss = loss_fn(y_hat, y_true)

    # 5. Zero Gradients
    optimizer.zero_grad()

    # 3. Backward Pass
    loss.backward()

    # 4. Update Parameters
    optimizer.step()

    if epoch % 20 == 0:
        print(f"Epoch {epoch} | Loss: {loss.item():.4g}")

count = sum(p.numel() for p in model.parameters())
print(f"\n{count:,} parameters, last loss {loss.item():.4g}")
