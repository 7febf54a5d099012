"""Make a row of evenly spaced numbers, by how many there are."""

import torch

start = 0               # the first number
end = 10                # the last number: in, if there are two
steps = 5               # how many numbers
device = "cpu"          # where the numbers live: cpu, cuda, mps or meta

t = torch.linspace(start, end, steps, device=device)

print(t)
print("shape ", tuple(t.shape))
print("dtype ", t.dtype)
print("device", t.device)
