import torch
from torch import nn


class Reader(nn.Module):
    layers = 1

    def __init__(self, vocabulary, width=6):
        nn.Module.__init__(self)
        self.embed = nn.Embedding(vocabulary, width, padding_idx=0)
        self.cell = nn.GRU(width, width, num_layers=self.layers, batch_first=True)
        self.out = nn.Linear(width, vocabulary)

    @property
    def width(self):
        return self.embed.embedding_dim

    @torch.no_grad()
    def write(self, start, count=3):
        text = [start]
        state = None
        for _ in range(count):
            out, state = self.cell(self.embed(torch.tensor([[text[-1]]])), state)
            text.append(self.out(out)[0, -1].argmax().item())
        return text

    def forward(self, tokens):
        out, _ = self.cell(self.embed(tokens))
        return self.out(out)


torch.manual_seed(5)
reader = Reader(5)
loss = nn.functional.cross_entropy(reader(torch.tensor([[1, 2, 3]])).transpose(1, 2), torch.tensor([[2, 3, 4]]))
loss.backward()
print(reader.width, loss.requires_grad, len(reader.write(1)), reader.embed.weight.grad[0].abs().sum())
