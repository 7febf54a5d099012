import torch
from torch.utils.data import DataLoader, Dataset, TensorDataset, random_split


class Cubes(Dataset):
    def __init__(self, count):
        self.count = count
        self.names = [f"{n} cubed" for n in range(count)]

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        if not 0 <= index < self.count:
            raise IndexError("there is no such cube")
        return torch.tensor([float(index)]), torch.tensor([float(index) ** 3])


train, rest = random_split(Cubes(10), [8, 2], generator=torch.Generator().manual_seed(3))
for x, y in DataLoader(train, batch_size=4, shuffle=True, num_workers=0, drop_last=False):
    assert x.shape == (4, 1) and torch.equal(x**3, y)
pairs = TensorDataset(torch.arange(6), torch.arange(6) % 2)
loader = DataLoader(pairs, 3)
print(len(train), len(rest), len(loader), next(iter(loader)), train.indices[:2])
