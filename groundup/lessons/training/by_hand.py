"""Be the optimizer: loss, residuals and both gradients at a w and b that you chose."""

import torch

hand_w = -1.0           # your slope: -12 to 12
hand_b = 0.0            # your bias: -12 to 12
learning_rate = 0.1     # how far gradient descent would step: 0.0001 to 10
seed = 0                # which random numbers are drawn: 0 to 999999
device = "cpu"          # where the tensors live: cpu, cuda or mps
points = 50             # how many examples: 2 to 500
noise = 0.1             # how far they stray from the line: 0 to 5
true_w = 2.0            # the slope to be found: -10 to 10
true_b = 1.0            # the bias to be found: -10 to 10

# Sample data: a line, and some noise
generator = torch.Generator().manual_seed(seed)
X = torch.randn(points, 1, generator=generator)
y_true = true_w * X + true_b
y_true = y_true + noise * torch.randn(points, 1, generator=generator)
X, y_true = X.to(device), y_true.to(device)

# Where you stand
w = torch.tensor([[hand_w]], device=device, requires_grad=True)
b = torch.tensor([hand_b], device=device, requires_grad=True)

# 1. Forward Pass
y_hat = X @ w + b
residuals = y_hat - y_true

# 2. Calculate Loss
loss = torch.mean(residuals**2)

# 3. Backward Pass
loss.backward()

# 4. Where gradient descent would step from here
with torch.no_grad():
    next_w = w - learning_rate * w.grad
    next_b = b - learning_rate * b.grad

# The best there is: least squares, in closed form and in float64
inputs = torch.cat([X, torch.ones_like(X)], dim=1).cpu().double()
targets = y_true.cpu().double()
best = torch.linalg.lstsq(inputs, targets).solution
best_w, best_b = best.flatten()
best_loss = torch.mean((inputs @ best - targets) ** 2)

print(f"Loss: {loss.item():.4g} (the best is {best_loss.item():.4g})")
print(f"w.grad: {w.grad.item():.4g} | b.grad: {b.grad.item():.4g}")
print(f"Gradient descent would go to w: {next_w.item():.4g}, b: {next_b.item():.4g}")
