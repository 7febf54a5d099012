import torch
import torch.nn as nn

torch.manual_seed(0)
maker = nn.Linear(1, 1)
judge = nn.Sequential(nn.Linear(1, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1))
optimizers = [torch.optim.Adam(m.parameters(), lr=0.01) for m in (maker, judge)]
loss_fn = nn.BCEWithLogitsLoss()
real = torch.randn(16, 1) + 3
losses = {"judge": [], "maker": []}
for step in range(5):
    made = maker(torch.randn(16, 1))
    for_judge = loss_fn(judge(real), torch.ones(16, 1)) + loss_fn(judge(made.detach()), torch.zeros(16, 1))
    for_maker = loss_fn(judge(made), torch.ones_like(made))
    for name, loss, optimizer in zip(losses, (for_judge, for_maker), reversed(optimizers)):
        optimizer.zero_grad()
        loss.backward(retain_graph=name == "judge")
    for optimizer in optimizers:
        optimizer.step()
    losses["judge"].append(for_judge.item()), losses["maker"].append(for_maker.item())
print({k: len(v) for k, v in losses.items()})
