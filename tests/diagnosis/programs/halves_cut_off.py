"""Halves that are put among whole numbers."""

import torch

marks = torch.tensor([3, 4, 5])
#+ marks = marks.float()
marks[1] = 4.5  #! truncated
print(marks)
