"""How many bytes does a forward pass keep for the backward pass?"""

import torch

layers = 8       # how deep the model is: 1 to 16
batch = 256      # examples at a time: 1 to 512
width = 64       # numbers in each layer: 1 to 256
tracked = True   # whether the forward pass is tracked

generator = torch.Generator().manual_seed(0)
x = torch.randn(batch, width, generator=generator)
weights = [torch.randn(width, width, generator=generator) / width**0.5 for _ in range(layers)]
for weight in weights:
    weight.requires_grad_()

# PyTorch hands us each tensor that it keeps; we note its memory's address and size
kept = {}


def keep(tensor):
    memory = tensor.untyped_storage()
    kept[memory.data_ptr()] = memory.nbytes()
    return tensor


noting = torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor)
h = x
with torch.set_grad_enabled(tracked), noting:
    for weight in weights:
        h = torch.relu(h @ weight)

# The data and the weights are there anyway
for tensor in [x, *weights]:
    kept.pop(tensor.untyped_storage().data_ptr(), None)
kept_bytes = sum(kept.values())
print(f"{kept_bytes:,} bytes are kept for backward()")
