import torch

a = torch.tensor([2.0, -1.0], requires_grad=True)
b = torch.tensor([4.0, 0.5], requires_grad=True)
c = 3 * a**3 - b**2
c.sum().backward()
assert torch.equal(a.grad, 9 * a.detach() ** 2)
print(a.grad, b.grad, a.is_leaf, c.grad_fn is not None)
a.grad.zero_()
