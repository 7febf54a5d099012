import torch
import torch.nn as nn
import torch.optim as optim

torch.manual_seed(0)
inputs = torch.FloatTensor([[0, 0], [0, 1], [1, 0], [1, 1]])
wanted = torch.FloatTensor([[0], [1], [1], [0]])


class Gate(nn.Module):
    """Two layers are enough for what one cannot do."""

    def __init__(self, hidden: int = 8) -> None:
        super(Gate, self).__init__()
        self.first = nn.Linear(2, hidden)
        self.second = nn.Linear(hidden, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.sigmoid(self.second(torch.tanh(self.first(x))))


if __name__ == "__main__":
    net = Gate()
    criterion = nn.BCELoss()
    optimizer = optim.SGD(net.parameters(), lr=0.5, momentum=0.9)
    for _ in range(60):
        optimizer.zero_grad()
        loss = criterion(net(inputs), wanted)
        loss.backward()
        optimizer.step()
    print(net)
    print("%d epochs, loss %.3f" % (60, loss.item()))
    print(net(inputs).round().view(-1).tolist(), "-" * 20)
