"""Clear a gradient, then take a step with momentum: what does the way of clearing leave behind?"""

import torch

w = torch.tensor(3.0, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1, momentum=0.9)

# One ordinary step, so that momentum has something to remember
loss = w**2
loss.backward()
optimizer.step()
held = w.grad
before = w.item()

w.grad.zero_()

left = w.grad
same_memory = left is not None and left.data_ptr() == held.data_ptr()
optimizer.step()
moved = w.item() - before
print(f"w.grad = {left}, the same memory: {same_memory}, the next step moved w by {moved:.4g}")
