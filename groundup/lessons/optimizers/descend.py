"""Look for the lowest place of a landscape with one of PyTorch's optimizers.

Records each epoch: loss, x, y
"""

import torch

learning_rate = 0.09    # how far each step goes: 0 to 1000
steps = 200             # how many steps are taken: 1 to 2000
start_x = -7.0          # where x begins: -100 to 100
start_y = 1.5           # where y begins: -100 to 100
device = "cpu"          # where the tensors live: cpu, cuda or mps


# The landscape: a ravine, a hundred times as steep across as along, lowest at (0, 0)
def f(x, y):
    return 0.1 * x**2 + 10 * y**2


# Where the search begins
x = torch.tensor(start_x, device=device, requires_grad=True)
y = torch.tensor(start_y, device=device, requires_grad=True)

optimizer = torch.optim.SGD([x, y], lr=learning_rate)

for step in range(steps):
    # 2. Calculate Loss
    loss = f(x, y)

    # 5. Zero Gradients
    optimizer.zero_grad()

    # 3. Backward Pass
    loss.backward()

    # 4. Update Parameters
    optimizer.step()

    if step % 50 == 0:
        print(f"Step {step} | Loss: {loss.item():.4g}, now x: {x.item():.4g}, y: {y.item():.4g}")

final = f(x, y).item()
print(f"\nAfter {steps} steps: f({x.item():.4g}, {y.item():.4g}) = {final:.4g}")
