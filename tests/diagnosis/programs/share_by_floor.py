"""The share of hits, divided with //."""

import torch

guesses, truth = torch.tensor([1, 0, 2, 2]), torch.tensor([1, 0, 1, 2])
hits = (guesses == truth).sum()
print(hits // len(truth))  #- floored
#+ print(hits / len(truth))
