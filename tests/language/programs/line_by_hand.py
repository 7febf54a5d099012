import torch

torch.manual_seed(1)
xs = torch.linspace(-1, 1, 30).unsqueeze(1)
ys = 4 * xs - 2 + 0.1 * torch.randn(30, 1)
slope, shift = torch.zeros(1, requires_grad=True), torch.zeros(1, requires_grad=True)
rate, epochs = 0.3, 25

for epoch in range(epochs):
    guess = xs * slope + shift
    loss = ((guess - ys) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        slope -= rate * slope.grad
        shift -= rate * shift.grad
    slope.grad = None
    shift.grad.zero_()
    if epoch % 5 == 0:
        print(f"{epoch:3d} | loss {loss.item():.4f} | {slope.item():+.3f}")
