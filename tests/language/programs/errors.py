import torch

for other in (torch.ones(2, 3), torch.ones(4, 3)):
    try:
        print((torch.ones(3, 4) @ other.T).shape)
    except RuntimeError as error:
        print("no:", str(error).split("\n")[0])
    else:
        print("yes")


def positive(x):
    if x.min() <= 0:
        raise ValueError(f"{x.min().item()} is not above zero")
    return x.log()


try:
    positive(torch.zeros(2))
except (ValueError, TypeError) as e:
    print(type(e).__name__, e)
