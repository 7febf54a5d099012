"""A million small updates: a dtype that cannot see one of them sees none of them.

Records each epoch: in_bfloat16, in_float32
"""

import torch

update = 0.000001       # added a million times: 0.0000001 to 0.001

in_bfloat16 = torch.tensor(1.0, dtype=torch.bfloat16)
in_float32 = torch.tensor(1.0, dtype=torch.float32)


def a_thousand_updates(weight):
    step = torch.tensor(update, dtype=weight.dtype)
    for _ in range(1000):
        weight += step


for epoch in range(1000):
    a_thousand_updates(in_bfloat16)
    a_thousand_updates(in_float32)
    if (epoch + 1) % 250 == 0:
        print(f"{epoch + 1} thousand: {in_bfloat16.item():.7g} and {in_float32.item():.7g}")

print("wanted  ", 1 + 1_000_000 * update)
print("bfloat16", in_bfloat16.item())
print("float32 ", in_float32.item())
