"""Bring the channels of a picture to the front, where nn.Conv2d wants them."""

import torch

height, width = 4, 4
picture = torch.zeros(height, width, 3)
picture[:, :, 0] = 1.0  # all red

channels_first = picture.view(3, height, width)
red, green, blue = channels_first.mean(dim=(1, 2)).tolist()
print(f"Mean of red {red:.4f}, green {green:.4f}, blue {blue:.4f}")
