"""Validation in each epoch, after which training should go on as training."""

import torch
from torch import nn

net = nn.Sequential(nn.Linear(2, 8), nn.Dropout(0.2), nn.Linear(8, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.01)
a, b = torch.randn(30, 2), torch.randn(30, 1)
for epoch in range(5):
    #+ net.train()
    opt.zero_grad()
    loss = nn.functional.mse_loss(net(a), b)
    loss.backward()
    opt.step()
    net.eval()  #! train_forgotten
    with torch.no_grad():
        print(nn.functional.mse_loss(net(a), b).item())
