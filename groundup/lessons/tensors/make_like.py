"""Make a tensor in the likeness of another: its shape, its device, and its dtype or a new one."""

import torch

data = [[1, 2], [3, 4]]         # the template's numbers
seed = 0                        # which random numbers are drawn: 0 to 999999
device = "cpu"                  # where they live: cpu, cuda or mps

torch.manual_seed(seed)
template = torch.tensor(data, device=device)
t = torch.rand_like(template, dtype=torch.float32)

print(t)
print("shape ", tuple(t.shape))
print("dtype ", t.dtype, "from a template of", template.dtype)
print("device", t.device)
