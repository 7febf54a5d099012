import random

import torch


def deal(count, hands):
    cards = list(range(count))
    random.shuffle(cards)
    return [cards[i::hands] for i in range(hands)]


random.seed(3)
width = 6
for number, hand in enumerate(deal(9, 3)):
    t = torch.tensor(hand, dtype=torch.float)
    print("{}: {:.2f} {name:>6}".format(number, t.mean().item(), name="hand"))
    print(f"{t.max().item():>{width}.1f}", "%3d %s" % (number, "x".center(5, "-")), random.choice(hand) in hand)
torch.set_printoptions(precision=2)
print(torch.rand(2).shape, ord("a"))
