"""Give a batch of grey pictures to a convolution."""

import torch
from torch import nn

torch.manual_seed(0)
layer = nn.Conv2d(1, 8, kernel_size=3)
pictures = torch.rand(16, 28, 28)
maps = layer(pictures)
print(f"Feature maps of shape {tuple(maps.shape)}")
