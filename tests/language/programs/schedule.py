import copy

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, StepLR

w = torch.nn.Parameter(torch.tensor([5.0]))
optimizer = torch.optim.AdamW([{"params": [w], "lr": 0.5}], weight_decay=0.0)
scheduler = StepLR(optimizer, step_size=2, gamma=0.1)
best, kept = float("inf"), None
for epoch in range(5):
    optimizer.zero_grad(set_to_none=True)
    loss = (w - 1).square().sum()
    loss.backward()
    optimizer.step()
    scheduler.step()
    if loss.item() < best:
        best, kept = loss.item(), copy.deepcopy(optimizer.state_dict())
    print(epoch, f"{scheduler.get_last_lr()[0]:.1e}", optimizer.param_groups[0]["lr"])
print(sorted(kept), type(CosineAnnealingLR(optimizer, T_max=3)).__name__)
