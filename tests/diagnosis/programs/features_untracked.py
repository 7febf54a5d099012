"""Features are computed under no_grad, though they should learn."""

import torch
from torch import nn

body, head = nn.Linear(5, 7), nn.Linear(7, 3)
opt = torch.optim.SGD(list(body.parameters()) + list(head.parameters()), lr=0.1)
x, y = torch.randn(10, 5), torch.randint(0, 3, (10,))
for _ in range(5):
    with torch.no_grad():  #-
        f = torch.relu(body(x))  #- cut
    #+ f = torch.relu(body(x))
    loss = nn.functional.cross_entropy(head(f), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
