import torch

for kind in (torch.int64, torch.float32, torch.float64, torch.bool):
    t = torch.ones(2, dtype=kind)
    print(f"{str(kind).replace('torch.', ''):>10}", t.element_size(), (t + 1.5).dtype, kind.is_floating_point)
a = torch.tensor([1, 2, 3])
print(a.to(torch.float32) / 2, a // 2, a.double().dtype, a.type(torch.float16), a.float().mean())
print(torch.finfo(torch.float32).eps, torch.iinfo(torch.int8).max, torch.result_type(a, 1.0))
b = a.float().requires_grad_()
c = b.detach().clone()
c += 1
print(b, c, b.device, b.ndim, a.numel(), a.is_contiguous(), b._version, a.data_ptr() == a.view(3, 1).data_ptr())
