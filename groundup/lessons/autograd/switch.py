"""A prediction and its loss, with a switch on each tensor that you make yourself."""

import torch

track_x = False  # the switch on x, the data
track_w = True   # the switch on w, the weight
track_b = True   # the switch on b, the bias

x = torch.tensor([[1.0], [2.0], [3.0]], requires_grad=track_x)
w = torch.tensor([[2.0]], requires_grad=track_w)
b = torch.tensor([0.5], requires_grad=track_b)

y = x @ w + b
loss = torch.mean((y - 1) ** 2)

loss.backward()
