"""An optimizer that is made, cleared, and never asked to step."""

import torch

m = torch.nn.Linear(3, 2)
adam = torch.optim.AdamW(m.parameters(), lr=0.01)
batch, wanted = torch.randn(9, 3), torch.randn(9, 2)
for _ in range(6):
    adam.zero_grad(set_to_none=True)
    cost = (m(batch) - wanted).abs().mean()
    cost.backward()  #! changed: no step
    #+ adam.step()
