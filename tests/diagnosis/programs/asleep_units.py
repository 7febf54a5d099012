"""Both layers begin at zero."""

import torch

x = torch.randn(40, 2, generator=torch.Generator().manual_seed(1))
y = x[:, :1] * x[:, 1:]
first = torch.zeros(2, 6, requires_grad=True)  #- zeros
#+ first = torch.full((2, 6), 0.3).normal_(generator=torch.Generator().manual_seed(2)).requires_grad_()
second = torch.zeros(6, 1, requires_grad=True)
#+ second = torch.randn(6, 1, generator=torch.Generator().manual_seed(3)).requires_grad_()
offset = torch.zeros(1, requires_grad=True)
sgd = torch.optim.SGD([first, second, offset], lr=0.05)
for _ in range(10):
    sgd.zero_grad()
    loss = (torch.tanh(x @ first) @ second + offset - y).square().mean()
    loss.backward()
    sgd.step()
