"""Learn a straight line from examples: the same recipe, with PyTorch's professional tools.

Records each epoch: loss, w, b
Records after step 3: w.grad, b.grad
"""

import torch
from torch import nn

learning_rate = 0.1     # how far each step goes: 0.0001 to 10
epochs = 100            # passes over the data: 1 to 2000
seed = 0                # which random numbers are drawn: 0 to 999999
device = "cpu"          # where the tensors live: cpu, cuda or mps
points = 50             # how many examples: 2 to 500
noise = 0.1             # how far they stray from the line: 0 to 5
true_w = 2.0            # the slope to be found: -10 to 10
true_b = 1.0            # the bias to be found: -10 to 10
start_w = -1.0          # where w begins: -10 to 10
start_b = 0.0           # where b begins: -10 to 10

# Sample data: a line, and some noise
generator = torch.Generator().manual_seed(seed)
X = torch.randn(points, 1, generator=generator)
y_true = true_w * X + true_b
y_true = y_true + noise * torch.randn(points, 1, generator=generator)
X, y_true = X.to(device), y_true.to(device)


class LinearRegressionModel(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear(x)


model = LinearRegressionModel(1, 1).to(device)
loss_fn = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)

# The layer starts at random: put it where the hand-written loop starts
w, b = model.linear.weight, model.linear.bias
with torch.no_grad():
    w.fill_(start_w)
    b.fill_(start_b)

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

    if epoch % 10 == 0:
        print(f"Epoch {epoch} | Loss: {loss.item():.4g}, now w: {w.item():.4g}, b: {b.item():.4g}")

print(f"\nLearned w: {w.item():.4g}, b: {b.item():.4g}")
print(f"The data was made with w={true_w:.4g}, b={true_b:.4g}")
