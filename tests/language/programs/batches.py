import torch


def batches(size, *columns):
    order = torch.randperm(len(columns[0]))
    for start in range(0, len(order), size):
        picked = order[start : start + size]
        yield tuple(column[picked] for column in columns)


torch.manual_seed(0)
X = torch.rand(10, 2)
Y = X.sum(dim=1, keepdims=True)
total = 0
for number, (x, y) in enumerate(batches(4, X, Y), start=1):
    total += len(x)
    print(number, x.shape, y.mean(axis=0))
first, *others = list(batches(5, X))
print(total, len(others), {len(b[0]) for b in others})
