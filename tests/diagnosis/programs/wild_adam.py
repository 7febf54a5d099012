"""Adam with a rate that throws the weights away in one step."""

import torch
from torch import nn

torch.manual_seed(1)
x = torch.linspace(0, 1, 32).unsqueeze(1)
net = nn.Sequential(nn.Linear(1, 12), nn.ReLU(), nn.Linear(12, 1))
opt = torch.optim.Adam(net.parameters(), lr=5.0)  #- shot_up
#+ opt = torch.optim.Adam(net.parameters(), lr=0.01)
for _ in range(40):
    loss = nn.functional.mse_loss(net(x), x.sqrt())
    opt.zero_grad()
    loss.backward()
    opt.step()
