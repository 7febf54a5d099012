"""A slope by hand: how far f rises, over how far w runs."""

import torch

at = 1.5               # where w stands: -1000000 to 1000000
h = 1.0                # how far w goes to either side: 0.00001 to 2
learning_rate = 0.1    # how far each step goes: 0.0001 to 10
steps = 0              # how many steps downhill: 0 to 100


def f(w):
    return w**2


# Rise over run, from h before w to h after it
w = torch.tensor(at, dtype=torch.float64)
rise = f(w + h) - f(w - h)
run = 2 * h
slope = rise / run
print(f"rise {rise.item():.6g} over run {run:.6g}: slope {slope.item():.6g}")

# Downhill: against the slope
trail = [at]
for _ in range(steps):
    w = w - learning_rate * slope
    slope = (f(w + h) - f(w - h)) / (2 * h)
    trail.append(w.item())
print(f"after {steps} steps: w = {w.item():.4g}, f = {f(w).item():.4g}")
