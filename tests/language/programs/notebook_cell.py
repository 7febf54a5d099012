import torch, torch.nn as nn; torch.manual_seed(0)

x = torch.randn(4, 3); m = nn.Linear(3, 1)
x
m(x).shape
if (loss := m(x).pow(2).mean()) > 0: loss.backward()
m.weight.grad
print("done" if m.bias.grad is not None else "not yet", end="\n", sep=" ")
