"""Where a surface is not flat, its gradient points straight uphill, across the level line."""

import math

import torch

at_w = 2.0             # where w stands: -4 to 4
at_b = 1.0             # where b stands: -4 to 4
learning_rate = 0.1    # how far each step goes: 0.0001 to 10
steps = 0              # how many steps downhill: 0 to 100
radius = 1e-3          # how far the check looks around: 1e-6 to 1


def f(w, b):
    return w**2 + 4 * b**2


w = torch.tensor(at_w, dtype=torch.float64, requires_grad=True)
b = torch.tensor(at_b, dtype=torch.float64, requires_grad=True)
height = f(w, b)
height.backward()
gradient = w.grad.item(), b.grad.item()
print(f"f = {height.item():.4g}, gradient ({gradient[0]:.4g}, {gradient[1]:.4g})")

# Where does the level line go? On a small circle, find the two places of the same height
with torch.no_grad():
    turn = torch.linspace(0, 2 * math.pi, 36001, dtype=torch.float64)
    around = f(w + radius * torch.cos(turn), b + radius * torch.sin(turn)) - height
crossed = turn[1:][(around[1:] > 0) != (around[:-1] > 0)]
level = None
if len(crossed) == 2:
    one, other = crossed.tolist()
    level = math.atan2(math.sin(one) - math.sin(other), math.cos(one) - math.cos(other))
    uphill = math.atan2(gradient[1], gradient[0])
    angle = math.degrees(abs(level - uphill)) % 180
    print(f"the gradient meets the level line at {angle:.1f} degrees")

# Downhill: against the gradient
trail = [(at_w, at_b)]
for _ in range(steps):
    w.grad, b.grad = None, None
    f(w, b).backward()
    with torch.no_grad():
        w -= learning_rate * w.grad
        b -= learning_rate * b.grad
    trail.append((w.item(), b.item()))
end = f(w, b).item()
print(f"after {steps} steps: w = {w.item():.4g}, b = {b.item():.4g}, f = {end:.4g}")

# The surface
line = torch.linspace(-4, 4, 81, dtype=torch.float64)
surface = f(line[None, :], line[:, None])
