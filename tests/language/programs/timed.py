import time

import torch

start = time.perf_counter()
total = torch.zeros(())
for _ in range(20):
    total += torch.rand(10, 10).mm(torch.rand(10, 10)).trace()
print(time.perf_counter() - start >= 0, total.item() > 0)
