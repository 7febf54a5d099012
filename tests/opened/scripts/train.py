"""Fit points of a file with a small network."""

import argparse
import io
import logging
import sys

import data
import torch
from model import Line
from torch import nn
from torch.utils.data import DataLoader, random_split


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--lr", type=float, default=0.05)
    return parser.parse_args()


def loaders(points, workers):
    generator = torch.Generator().manual_seed(0)
    train, test = random_split(points, [48, 16], generator=generator)
    kwargs = {"batch_size": 8, "num_workers": workers}
    return DataLoader(train, shuffle=True, generator=generator, **kwargs), DataLoader(
        test, **kwargs
    )


class History:
    def __init__(self):
        self.losses = []

    def add(self, value):
        self.losses.append(value)

    def best(self):
        return min(self.losses)


def evaluate(model, loader, loss_function):
    model.eval()
    total = 0.0
    count = 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_function(model(x), y).item() * len(x)
            count += len(x)
    model.train()
    return total / count


def train_epoch(model, loader, loss_function, optimizer):
    total = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
    return total / len(loader.dataset)


def main():
    options = arguments()
    print(sys.argv[0], __name__, __file__, sys.path[0])
    torch.manual_seed(0)
    points = data.Points("points.csv")
    train_loader, test_loader = loaders(points, options.workers)
    model = Line(16)
    optimizer = torch.optim.Adam(model.parameters(), lr=options.lr)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 5, 0.5)
    loss_function = nn.MSELoss()
    history = History()
    for epoch in range(options.epochs):
        loss = train_epoch(model, train_loader, loss_function, optimizer)
        scheduler.step()
        tested = evaluate(model, test_loader, loss_function)
        history.add(tested)
        print(f"epoch {epoch:3d}  loss {loss:.4f}  test {tested:.4f} – ok")
    data.check(points.y.mean())
    print("best", round(history.best(), 5))
    kept = io.BytesIO()
    torch.save(history, kept)  # by the name of its class in __main__
    kept.seek(0)
    print(len(torch.load(kept, weights_only=False).losses))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    logging.info("begins")
    main()
