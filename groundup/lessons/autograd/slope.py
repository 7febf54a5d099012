"""A gradient is the curve's slope, where it has one: ask autograd, check by hand, walk downhill."""

import torch

at = 1.5               # where w stands: -1000000 to 1000000
learning_rate = 0.1    # how far each step goes: 0.0001 to 10
steps = 0              # how many steps downhill: 0 to 100
low = -4.0             # the plot's left end: -2000000 to 2000000
high = 4.0             # the plot's right end: -2000000 to 2000000
gap = 1e-5             # how far to either side the check looks: 1e-9 to 1


def f(w):
    return w**2


# Autograd's slope
w = torch.tensor(at, dtype=torch.float64, requires_grad=True)
height = f(w)
height.backward()
slope = w.grad.item()


# The same slope without autograd: look a little to either side
def beside(gap):
    with torch.no_grad():
        left = (f(w) - f(w - gap)) / gap
        right = (f(w + gap) - f(w)) / gap
    return left.item(), right.item()


left, right = beside(gap)
central = (left + right) / 2
print(f"f({at:.4g}) = {height.item():.4g}, autograd {slope:.8f}, by hand {central:.8f}")

# At a kink the two sides differ, however near one looks
near_left, near_right = beside(gap / 100)

# Downhill: against the slope
trail = [at]
for _ in range(steps):
    w.grad = None
    f(w).backward()
    with torch.no_grad():
        w -= learning_rate * w.grad
    trail.append(w.item())
print(f"after {steps} steps: w = {w.item():.4g}, f = {f(w).item():.4g}")

# The whole curve, its slope everywhere, and the trail's heights
ws = torch.linspace(low, high, 401, dtype=torch.float64, requires_grad=True)
curve = f(ws)
curve.sum().backward()
slopes = ws.grad
heights = f(torch.tensor(trail, dtype=torch.float64))
