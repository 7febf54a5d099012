"""The same numbers as a NumPy array and as a tensor: what both can, and what one alone can."""

import torch

device = "cpu"  # where the tensor lives: cpu, cuda or mps

array = torch.tensor([1.0, 2.0, 3.0]).numpy()
t = torch.tensor([1.0, 2.0, 3.0], device=device, requires_grad=True)

print("both count alike:     ", (2 * array + 1).tolist(), (2 * t + 1).tolist())
print("both have a shape:    ", array.shape, tuple(t.shape))

names = ["to", "requires_grad", "grad_fn", "backward", "grad"]
print("only the tensor has:  ", [name for name in names if not hasattr(array, name)])

result = (t * t).sum()
result.backward()
print("how it was computed:  ", result.grad_fn.name())
print("so there are slopes:  ", t.grad.tolist())
