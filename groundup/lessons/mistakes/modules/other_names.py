"""Load weights that were saved from a model inside a wrapper, as nn.DataParallel is one."""

import torch
from torch import nn

torch.manual_seed(0)
trained = nn.ModuleDict({"module": nn.Linear(2, 1)})
saved = trained.state_dict()

model = nn.Linear(2, 1)
model.load_state_dict(saved)
print(f"Loaded the same weights: {torch.equal(model.weight, trained['module'].weight)}")
