"""Look for the best line through examples with one of PyTorch's optimizers.

Records each epoch: loss, w, b
"""

import torch

learning_rate = 0.09    # how far each step goes: 0 to 1000
steps = 200             # how many steps are taken: 1 to 2000
start_w = -1.0          # where w begins: -100 to 100
start_b = 0.0           # where b begins: -100 to 100
seed = 0                # which random numbers are drawn: 0 to 999999
device = "cpu"          # where the tensors live: cpu, cuda or mps

# Sample data: a line with slope 2 and bias 1, and some noise
generator = torch.Generator().manual_seed(seed)
X = torch.randn(50, 1, generator=generator)
y_true = 2.0 * X + 1.0
y_true = y_true + 0.1 * torch.randn(50, 1, generator=generator)
X, y_true = X.to(device), y_true.to(device)


# The landscape: the mean squared error of the line w·x + b
def f(w, b):
    # 1. Forward Pass
    y_hat = X * w + b
    return torch.mean((y_hat - y_true) ** 2)


# Where the search begins
w = torch.tensor(start_w, device=device, requires_grad=True)
b = torch.tensor(start_b, device=device, requires_grad=True)

optimizer = torch.optim.SGD([w, b], lr=learning_rate)

for step in range(steps):
    # 2. Calculate Loss
    loss = f(w, b)

    # 5. Zero Gradients
    optimizer.zero_grad()

    # 3. Backward Pass
    loss.backward()

    # 4. Update Parameters
    optimizer.step()

    if step % 50 == 0:
        print(f"Step {step} | Loss: {loss.item():.4g}, now w: {w.item():.4g}, b: {b.item():.4g}")

final = f(w, b).item()
print(f"\nAfter {steps} steps: f({w.item():.4g}, {b.item():.4g}) = {final:.4g}")
