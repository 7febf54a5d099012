import torch
from torch import nn

words = ["anna", "otto", "bob"]
letters = sorted(set("".join(words)))
number = {letter: i for i, letter in enumerate(["."] + letters)}
back = {i: letter for letter, i in number.items()}
counts = torch.zeros(len(number), len(number), dtype=torch.int32)
for word in words:
    spelled = ["."] + list(word) + ["."]
    for one, two in zip(spelled, spelled[1:]):
        counts[number[one], number[two]] += 1
chances = counts.float() / counts.sum(1, keepdim=True)
g = torch.Generator().manual_seed(7)
at, made = 0, []
while len(made) < 10:
    at = torch.multinomial(chances[at], 1, replacement=True, generator=g).item()
    if at == 0:
        break
    made.append(back[at])
else:
    print("a long word")
print("".join(made).upper().strip(), nn.Embedding(len(number), 2)(torch.tensor([at])).shape)
