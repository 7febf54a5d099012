"""Make a row of evenly spaced numbers, by their step."""

import torch

start = 0               # the first number
end = 10                # where to stop: left out, but for rounding
step = 2                # from one number to the next
device = "cpu"          # where the numbers live: cpu, cuda, mps or meta

t = torch.arange(start, end, step, device=device)

print(t)
print("shape ", tuple(t.shape))
print("dtype ", t.dtype)
print("device", t.device)
