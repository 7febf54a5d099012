"""Give small random weights to an optimizer."""

import torch

generator = torch.Generator().manual_seed(0)
w = torch.randn(3, generator=generator, requires_grad=True) * 0.1
optimizer = torch.optim.SGD([w], lr=0.1)
loss = torch.sum(w**2)
loss.backward()
optimizer.step()
print(f"loss before the step {loss.item():.4g}, after it {torch.sum(w**2).item():.4g}")
