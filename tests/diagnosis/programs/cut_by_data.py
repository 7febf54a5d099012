"""A code is taken out of the graph on its way to the decoder."""

import torch
from torch import nn

encoder, decoder = nn.Linear(6, 2), nn.Linear(2, 6)
both = [*encoder.parameters(), *decoder.parameters()]
opt = torch.optim.Adam(both, lr=0.01)
seen = torch.rand(30, 6)
for _ in range(6):
    code = encoder(seen).data  #- cut
    #+ code = encoder(seen)
    loss = (decoder(code) - seen).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
