"""Reads the points."""

import csv
import os

import torch
from torch.utils.data import Dataset

HERE = os.path.dirname(os.path.abspath(__file__))


class Points(Dataset):
    def __init__(self, name):
        with open(name) as file:
            rows = [(float(r["x"]), float(r["y"])) for r in csv.DictReader(file)]
        self.x = torch.tensor([[x] for x, _ in rows])
        self.y = torch.tensor([[y] for _, y in rows])
        print("read", len(rows), "points of", name)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]


def check(mean):
    if mean < 0:
        raise ValueError(f"the mean is {mean:.2f}, and must not be negative")
