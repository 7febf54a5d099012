import torch

made = 0


def tree(depth, /, width=2, **more):
    """A nested list of tensors, as deep as is asked for."""
    global made
    made += 1
    if depth == 0:
        return torch.full((width,), float(made))
    return [tree(depth - 1, width=width, **more) for _ in range(2)]


def leaves(node):
    return [node] if torch.is_tensor(node) else [x for part in node for x in leaves(part)]


def counter():
    count = 0

    def more(by=1):
        nonlocal count
        count += by
        return count

    return more


found = leaves(tree(3, width=3))
tick = counter()
print(len(found), made, torch.stack(found).sum(), tick(), tick(by=2), max(map(lambda t: t[0].item(), found)))
