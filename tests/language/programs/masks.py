import torch

t = torch.arange(12.0).view(3, 4)
t[t > 8] = -1
t[0, ::2] *= 10
t[:, -1] += torch.tensor([1.0, 2.0, 3.0])
odd = (t % 2 == 1) & ~(t < 0) | (t == 100)
print(t[odd], t[..., 1], t[[0, 2]], t[None].shape, odd.sum().item(), (odd ^ odd).any().item())
rows = torch.where(t.sum(dim=1) > 20, torch.ones(3), torch.zeros(3))
t[1] = torch.tensor([4, 3, 2, 1])
values, order = t.sort(dim=1, descending=True)
print(rows, values[1], order[1], t.max(dim=0).values, t.T.stride(), t.flatten()[1:3].tolist())
del t, values
