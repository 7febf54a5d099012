"""How far apart are the numbers that a dtype can hold?

Add 1 to the bits of a positive float below the largest, and you have the next float that there is.
"""

import torch

value = 3.0             # look around this number: 0.00000001 to 100000000

same_size = {1: torch.uint8, 2: torch.int16, 4: torch.int32, 8: torch.int64}
names = ["float8_e4m3fn", "float8_e5m2", "bfloat16", "float16", "float32", "float64"]
ladder = torch.cat([2.0 ** torch.arange(-27, 28), torch.tensor([value])]).double()

stored, spacing, gaps, neighbours, info = {}, {}, {}, {}, {}
for name in names:
    dtype = getattr(torch, name)
    near = ladder.to(dtype)
    bits = near.view(same_size[near.element_size()])
    following = (bits + 1).view(dtype)
    gaps[name] = following.double() - near.double()
    stored[name] = near[-1].item()
    spacing[name] = gaps[name][-1].item()
    around = (bits[-1].long() + torch.arange(-80, 41)).clamp(min=0).to(bits.dtype).view(dtype)
    neighbours[name] = around.double()
    info[name] = torch.finfo(dtype)
    last = stored[name] >= info[name].max
    after = "no larger number follows" if last else f"the next number is {spacing[name]:.3g} away"
    print(f"{name:14} stores {stored[name]:.8g}; {after}")
