"""The slope of the slope: differentiate twice, and compare with PyTorch's own Hessian."""

import torch

at_w = 1.0    # where w stands: -4 to 4
at_b = 2.0    # where b stands: -4 to 4


def f(w, b):
    return w**2 + 4 * b**2


w = torch.tensor(at_w, dtype=torch.float64, requires_grad=True)
b = torch.tensor(at_b, dtype=torch.float64, requires_grad=True)
height = f(w, b)

# create_graph=True: the gradient is tracked too, so it can be differentiated again
df_dw, df_db = torch.autograd.grad(height, (w, b), create_graph=True)
rows = []
for slope in (df_dw, df_db):
    if slope.requires_grad:
        row = torch.autograd.grad(slope, (w, b), retain_graph=True, materialize_grads=True)
    else:
        row = (torch.zeros_like(w), torch.zeros_like(b))
    rows.append(torch.stack(row))
hessian = torch.stack(rows)
print(f"gradient ({df_dw.item():.4g}, {df_db.item():.4g})")
print(f"Hessian {hessian.tolist()}")

# In one call
rows = torch.func.hessian(f, argnums=(0, 1))(w.detach(), b.detach())
ready_made = torch.stack([torch.stack(row) for row in rows])
print(f"PyTorch's own Hessian: the largest difference is {(hessian - ready_made).abs().max():.1e}")
curvatures = torch.linalg.eigvalsh(hessian.detach())
print(f"curvature: least {curvatures[0]:.4g}, most {curvatures[1]:.4g}")
