"""What fits into each dtype: from where to where, and in which steps."""

import torch

names = ["bool", "uint8", "int8", "int16", "int32", "int64",
         "float8_e4m3fn", "float8_e5m2", "bfloat16", "float16", "float32", "float64"]

bytes_each, smallest, largest, epsilon, least = {}, {}, {}, {}, {}
for name in names:
    dtype = getattr(torch, name)
    bytes_each[name] = torch.empty(0, dtype=dtype).element_size()
    if dtype.is_floating_point:
        info = torch.finfo(dtype)
        epsilon[name], least[name] = info.eps, info.smallest_normal
        written = "{:.4g}"
    elif dtype != torch.bool:
        info = torch.iinfo(dtype)
        epsilon[name], least[name] = 1, 1
        written = "{:,}"
    else:
        continue
    smallest[name], largest[name] = info.min, info.max
    low, high = written.format(info.min), written.format(info.max)
    print(f"{name:14} {low} to {high}")
