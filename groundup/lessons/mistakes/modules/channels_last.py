"""Give a picture to a convolution, with its dimensions as picture files have them."""

import torch
from torch import nn

torch.manual_seed(0)
layer = nn.Conv2d(3, 8, kernel_size=3)
pictures = torch.rand(1, 32, 32, 3)  # pictures, rows, columns, colours
maps = layer(pictures)
print(f"Feature maps of shape {tuple(maps.shape)}")
