import torch

column = torch.tensor([[1.0], [2.0], [3.0]])
row = torch.tensor([10.0, 20.0])
print((column + row).shape, (column * row)[2, 1], torch.broadcast_shapes((3, 1), (2,)))
a, b = torch.ones(2, 3, 4), torch.ones(2, 4, 5)
print(torch.bmm(a, b).shape, torch.einsum("bij,bjk->bik", a, b).equal(a @ b), a.permute(2, 0, 1).shape)
print(a.unsqueeze(0).expand(2, -1, -1, -1).shape, torch.stack([row, row]).repeat(2, 1).reshape(-1).shape)
parts = torch.chunk(torch.arange(7), 3)
print([p.tolist() for p in parts], torch.cat(parts).sum().item(), *(str(len(p)) for p in parts), sep=", ")
