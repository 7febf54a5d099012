"""What a model holds: its layers, their parameters, what passes through them, and how it is saved.

Records each epoch: loss
"""

import io
import math

import torch
from torch import nn

epochs = 30             # passes over the data: 0 to 300
width = 8               # units in the hidden layer: 1 to 32
share = 0.5             # of hidden outputs dropped in training: 0 to 0.9
frozen = False          # whether the first layer stays as it is
mode = "eval"           # how it is asked in the end: eval or train
seed = 0                # which random numbers are drawn: 0 to 999999
device = "cpu"          # where the tensors live: cpu, cuda or mps


class Classifier(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(2, width), nn.ReLU(), nn.Dropout(share))
        self.head = nn.Linear(width, 2)

    def forward(self, x):
        return self.head(self.body(x))


# Data: two half moons, each reaching into the other
generator = torch.Generator().manual_seed(seed)
y = torch.arange(200) % 2
angle = math.pi * (torch.rand(200, generator=generator) + y)
X = torch.stack([angle.cos() - 0.5 + y, angle.sin() - 0.25 + 0.5 * y], dim=1)
X = X + 0.1 * torch.randn(200, 2, generator=generator)
X, y = X.to(device), y.to(device)

torch.manual_seed(seed)
model = Classifier(width).to(device)
if frozen:
    model.body[0].requires_grad_(False)
print(model, end="\n\n")

trainable = [p for p in model.parameters() if p.requires_grad]
optimizer = torch.optim.Adam(trainable, lr=0.05)
for epoch in range(epochs):
    loss = nn.functional.cross_entropy(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch % 10 == 0:
        print(f"Epoch {epoch} | Loss: {loss.item():.4g}")

# A hook is called with each output of its layer
outputs = {}
names = {layer: name for name, layer in model.named_modules()}


def remember(layer, inputs, output):
    outputs[names[layer]] = output.detach()


leaves = [layer for layer in names if not list(layer.children())]
hooks = [layer.register_forward_hook(remember) for layer in leaves]
if mode == "train":
    model.train()
else:
    model.eval()
with torch.no_grad():
    once = model(X).softmax(dim=1)[:, 1]
for hook in hooks:
    hook.remove()

# The same question again: in train mode dropout draws anew what it drops
with torch.no_grad():
    again = model(X).softmax(dim=1)[:, 1]
print(f"\nAsked twice in {mode} mode: {once[0].item():.4g} and {again[0].item():.4g}")

# Save the numbers, and load them into a new model of the same class
file = io.BytesIO()
torch.save(model.state_dict(), file)
file.seek(0)
restored = Classifier(width).to(device)
restored.load_state_dict(torch.load(file, map_location=device, weights_only=True))
model.eval()
restored.eval()
with torch.no_grad():
    same = torch.equal(model(X), restored(X))
    right = (model(X).argmax(dim=1) == y).float().mean()
print(f"Saved as {len(file.getvalue())} bytes; the restored model answers the same: {same}")
print(f"It gets {right.item():.1%} of the examples right")
