import torch

params = {"w": torch.tensor([[3.0], [-2.0]]), "b": torch.zeros(1)}
speed = {k: torch.zeros_like(v) for k, v in params.items()}
for p in params.values():
    p.requires_grad_(True)
X = torch.tensor([[1.0, 2.0], [0.5, -1.0], [2.0, 0.0]])
Y = X @ torch.tensor([[1.0], [1.0]])
for step in range(10):
    error = X @ params["w"] + params["b"] - Y
    loss = error.pow(2).mean()
    loss.backward()
    for name, p in params.items():
        speed[name] = 0.9 * speed[name] - 0.02 * p.grad
        p.data += speed[name]
        p.grad.data.zero_()
print(loss.item() < 25, sorted(params, key=len), any(v.abs().sum() > 0 for v in speed.values()))
