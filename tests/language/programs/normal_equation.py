from torch import arange, cat, linalg, ones, tensor

x = arange(5.0)
y = 2 * x + 1
A = cat([x[:, None], ones(5, 1)], dim=1)
w = linalg.inv(A.T @ A) @ A.T @ y
print(w, linalg.norm(A @ w - y) < 1e-3, linalg.lstsq(A, y[:, None]).solution.flatten())
assert w.allclose(tensor([2.0, 1.0]), atol=1e-3), "the line is found"
