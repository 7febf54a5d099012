"""Two operands meet, of one kind or of two: which dtype comes out?"""

import torch

operands = {
    "bool tensor": torch.tensor([True]),
    "uint8 tensor": torch.tensor([1], dtype=torch.uint8),
    "int32 tensor": torch.tensor([1], dtype=torch.int32),
    "int64 tensor": torch.tensor([1]),
    "float16 tensor": torch.tensor([1.0], dtype=torch.float16),
    "bfloat16 tensor": torch.tensor([1.0], dtype=torch.bfloat16),
    "float32 tensor": torch.tensor([1.0]),
    "float64 tensor": torch.tensor([1.0], dtype=torch.float64),
    "float8_e5m2 tensor": torch.tensor([1.0]).to(torch.float8_e5m2),
    "0-D int64": torch.tensor(1),
    "0-D float64": torch.tensor(1.0, dtype=torch.float64),
    "Python True": True,
    "Python 1": 1,
    "Python 1.0": 1.0,
}

results, refusals = {}, {}
for left, a in operands.items():
    for right, b in operands.items():
        try:
            made = a + b
            results[left, right] = str(getattr(made, "dtype", "no tensor"))
        except (RuntimeError, TypeError, ZeroDivisionError) as error:
            results[left, right] = "error"
            refusals[left, right] = str(error)

for pair in [("int64 tensor", "float32 tensor"), ("int64 tensor", "Python 1.0")]:
    print(*pair, "->", results[pair])
