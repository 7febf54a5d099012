"""Nudge a number a little, in every dtype: what is stored, and what is lost."""

import torch

value = 3.0             # where the number stands: -100000 to 100000
nudge = 0.001           # how far it should move: 0.00000001 to 100

names = ["bool", "uint8", "int8", "int16", "int32", "int64",
         "float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz", "float8_e8m0fnu",
         "bfloat16", "float16", "float32", "float64"]

before, after, bytes_each = {}, {}, {}
for name in names:
    dtype = getattr(torch, name)
    exact = torch.tensor([value, value + nudge], dtype=torch.float64)
    stored = exact.to(dtype)
    before[name], after[name] = stored.to(torch.float64).tolist()
    bytes_each[name] = stored.element_size()
    print(f"{name:16} {before[name]:.10g} becomes {after[name]:.10g}")
