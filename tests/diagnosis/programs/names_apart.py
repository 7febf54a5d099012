"""The inputs are shuffled, and the answers are left where they were."""
import torch
from torch import nn

torch.manual_seed(4)
days = torch.rand(20, 2)
sales = days.sum(1, keepdim=True)
mix = torch.randperm(20)
days = days[mix]  #! shuffled_apart
#+ sales = sales[mix]
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(5):
    opt.zero_grad()
    (net(days) - sales).pow(2).mean().backward()
    opt.step()
