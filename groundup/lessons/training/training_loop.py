"""Learn a straight line from examples: the five-step recipe, every step by hand.

Records each epoch: loss, w, b
Records after step 3: w.grad, b.grad
"""

import torch

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

# Two numbers to learn
w = torch.tensor([[start_w]], device=device, requires_grad=True)
b = torch.tensor([start_b], device=device, requires_grad=True)

for epoch in range(epochs):
    # 1. Forward Pass
    y_hat = X @ w + b

    # 2. Calculate Loss
    loss = torch.mean((y_hat - y_true) ** 2)

    # 3. Backward Pass
    loss.backward()

    # 4. Update Parameters
    with torch.no_grad():
        w -= learning_rate * w.grad
        b -= learning_rate * b.grad

    # 5. Zero Gradients
    w.grad.zero_()
    b.grad.zero_()

    if epoch % 10 == 0:
        print(f"Epoch {epoch} | Loss: {loss.item():.4g}, now w: {w.item():.4g}, b: {b.item():.4g}")

print(f"\nLearned w: {w.item():.4g}, b: {b.item():.4g}")
print(f"The data was made with w={true_w:.4g}, b={true_b:.4g}")
