from collections import OrderedDict

import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(OrderedDict([("body", nn.Linear(4, 3)), ("act", nn.ReLU()), ("head", nn.Linear(3, 1))]))
for p in net.body.parameters():
    p.requires_grad = False
nn.init.xavier_uniform_(net.head.weight)
nn.init.zeros_(net.head.bias)
net.head.bias.data.fill_(0.5)
net.head = nn.Linear(3, 2)
handle = net.act.register_forward_hook(lambda module, given, made: print("act", made.shape))
net(torch.ones(1, 4)).sum().backward()
handle.remove()
print(net.body.weight.grad, net.head.weight.grad.shape, [n for n, p in net.named_parameters() if p.requires_grad])
twin = nn.Sequential(nn.Linear(4, 3))
twin[0].load_state_dict(net.body.state_dict())
print(torch.equal(twin[0].weight, net.body.weight), list(net.state_dict()), isinstance(net[1], nn.ReLU))
