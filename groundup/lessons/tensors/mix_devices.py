"""Two tensors meet, each on its own device."""

import torch

elsewhere = "meta"      # where the second one lives: cpu, cuda, mps or meta

here = torch.ones(2, 3)
there = torch.ones(2, 3, device=elsewhere)

result = here.to(elsewhere) + there
print(result)
