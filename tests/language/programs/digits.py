import torch
import torch.nn as nn
import torch.nn.functional as F


class Small(nn.Module):
    def __init__(self, classes=3):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, kernel_size=3, padding=1)
        self.norm = nn.BatchNorm2d(4)
        self.pool = nn.MaxPool2d(2)
        self.drop = nn.Dropout(0.25)
        self.fc = nn.Linear(4 * 4 * 4, classes)

    def forward(self, x):
        x = self.pool(F.relu(self.norm(self.conv(x))))
        x = x.view(x.size(0), -1)
        return self.fc(self.drop(x))


device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
torch.manual_seed(0)
net = Small().to(device)
images = torch.rand(6, 1, 8, 8, device=device)
classes = torch.randint(0, 3, (6,), device=device)
net.train()
loss = nn.CrossEntropyLoss()(net(images), classes)
loss.backward()
nn.utils.clip_grad_norm_(net.parameters(), max_norm=1.0)
net.eval()
with torch.no_grad():
    print(net(images).argmax(dim=1).shape, sum(p.numel() for p in net.parameters()))
for name, p in net.named_parameters():
    print(f"{name:<12}{tuple(p.shape)!s:>16} {p.requires_grad}")
