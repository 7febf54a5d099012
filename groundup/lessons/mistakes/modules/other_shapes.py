"""Load weights of a model that told ten classes apart into one that tells three apart."""

import torch
from torch import nn

torch.manual_seed(0)
trained = nn.Sequential(nn.Linear(4, 8), nn.Linear(8, 10))
saved = trained.state_dict()

model = nn.Sequential(nn.Linear(4, 8), nn.Linear(8, 3))
model.load_state_dict(saved)
print(f"Loaded the first layer: {torch.equal(model[0].weight, trained[0].weight)}")
