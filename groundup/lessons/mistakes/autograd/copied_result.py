"""Keep a result for later with deepcopy."""

import copy

import torch

w = torch.tensor(3.0, requires_grad=True)
y = 2 * w
kept = copy.deepcopy(y)
print(f"kept {kept.item():.4g}")
