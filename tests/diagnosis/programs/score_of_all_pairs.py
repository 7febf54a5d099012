"""How many answers are right, when the labels are a column."""

import torch

answers = torch.tensor([0, 1, 1, 0, 1])
labels = torch.tensor([[0], [1], [0], [0], [1]])
#+ labels = labels.squeeze(1)
right = (answers == labels).float().mean()  #! broadcast
print(f"{right.item():.2f}")
