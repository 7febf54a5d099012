import torch
import torch.nn.functional as F
from torch import nn, optim

torch.manual_seed(4)
points = torch.randn(60, 2)
labels = (points[:, 0] + points[:, 1] > 0).float()
model = nn.Linear(2, 1)
opt = optim.Adam(model.parameters(), lr=0.1)
history = []
for step in range(30):
    logits = model(points).squeeze(-1)
    loss = F.binary_cross_entropy_with_logits(logits, labels)
    opt.zero_grad()
    loss.backward()
    opt.step()
    history.append(loss.item())
with torch.inference_mode():
    right = ((model(points).squeeze() > 0) == labels.bool()).float().mean()
print(f"{right:.0%}", min(history) == history[-1], *[round(h, 2) for h in history[::10]])
