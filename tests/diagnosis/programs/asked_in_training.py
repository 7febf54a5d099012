"""A model with dropout answers before it is told that training is over."""

import torch
from torch import nn


class Judge(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(4, 16)
        self.drop = nn.Dropout(0.4)
        self.outer = nn.Linear(16, 1)

    def forward(self, x):
        return self.outer(self.drop(torch.relu(self.inner(x))))


judge = Judge()
opt = torch.optim.Adam(judge.parameters())
cases = torch.randn(20, 4)
for _ in range(5):
    opt.zero_grad()
    judge(cases).pow(2).mean().backward()
    opt.step()
#+ judge.eval()
with torch.no_grad():
    verdict = judge(cases[:2])  #! evaluation
print(verdict.shape)
