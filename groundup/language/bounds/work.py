"""How long an operation of torch takes and how much it holds meanwhile, told from its sizes.

The figures are nanoseconds of one core, on the large side: an operation cannot be interrupted, so
it is refused before it begins.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch

Arguments = Sequence[Any]

NUMBER = 4.0
"""For one number read or written, where nothing else is listed."""

_SLOW = {
    **dict.fromkeys(("lgamma", "digamma", "polygamma", "mvlgamma", "erfinv", "igamma"), 200.0),
    **dict.fromkeys(("igammac", "binomial", "poisson", "_standard_gamma", "zeta"), 400.0),
    **dict.fromkeys(("_sample_dirichlet", "_dirichlet_grad", "_standard_gamma_grad"), 800.0),
    **dict.fromkeys(("pow", "sin", "cos", "tan", "exp", "log", "tanh", "erf", "atan2"), 12.0),
    **dict.fromkeys(("sort", "argsort", "topk", "kthvalue", "median", "nanmedian", "mode"), 150.0),
    **dict.fromkeys(("_unique2", "unique_dim", "unique_consecutive", "randperm", "msort"), 200.0),
    **dict.fromkeys(("cumsum", "cumprod", "cummax", "cummin", "logcumsumexp"), 30.0),
    **dict.fromkeys(("multinomial", "normal", "normal_", "randn", "bernoulli", "bernoulli_"), 30.0),
    **dict.fromkeys(("index", "index_put", "index_put_", "_index_put_impl_", "gather"), 30.0),
    **dict.fromkeys(("scatter", "scatter_add", "scatter_reduce", "index_add", "put", "take"), 30.0),
    **dict.fromkeys(("searchsorted", "bucketize", "histc", "bincount", "isin"), 100.0),
    **dict.fromkeys(("_ctc_loss", "grid_sampler_2d", "grid_sampler_3d"), 60.0),
    **dict.fromkeys(("remainder", "fmod", "gcd", "lcm", "nextafter", "xlogy", "logaddexp"), 40.0),
}
_MATRIX = {
    **dict.fromkeys(("inverse", "det", "lu", "solve", "cholesky", "inv", "triangular"), 2.0),
    **dict.fromkeys(("householder", "ormqr", "qr", "ldl"), 4.0),
    **dict.fromkeys(("lstsq", "svd", "pinv", "eigh", "eigvalsh", "matrix_rank"), 30.0),
    **dict.fromkeys(("eig", "matrix_exp", "logdet"), 60.0),
}
"""For n³ of square matrices of n rows, by what the operation's name holds."""

_PRODUCTS = {"mm": (0, 1), "bmm": (0, 1), "addmm": (1, 2), "baddbmm": (1, 2), "_int_mm": (0, 1)}
_PRODUCTS |= {"dot": (0, 1), "mv": (0, 1), "addmv": (1, 2), "addbmm": (1, 2), "ger": (0, 1)}
_POOLS = ("max_pool", "avg_pool", "unfold", "im2col", "col2im", "fractional")


def seconds(name: str, args: Arguments, numbers: int) -> float:
    """About how long ``name`` takes; ``numbers`` are those that it reads and writes in all."""
    return 1e-9 * max(numbers * _SLOW.get(name.rstrip("_"), NUMBER), _most(name, args, numbers))


def _most(name: str, args: Arguments, numbers: int) -> float:  # noqa: PLR0911  # a kind a line
    tensors = [one for one in args if isinstance(one, torch.Tensor)]
    if name in _PRODUCTS:
        return _product(*(args[place] for place in _PRODUCTS[name]))
    if name.startswith(("convolution", "mkldnn_conv", "_convolution", "conv_depthwise")):
        return _convolution(args) if "backward" not in name else 3 * _convolution_backward(args)
    if "rnn_layer" in name or "lstm" in name or "gru" in name:
        return _recurrent(tensors)
    if "attention" in name or "transformer" in name:
        return _attention(tensors)
    if name.startswith(("_cdist", "_euclidean", "_pdist")):
        return _distances(name, args, tensors)
    if name.startswith("_fft"):
        return numbers * 30 * math.log2(max(numbers, 2))
    if name == "_trilinear":
        return 2.0 * tensors[0].numel() * tensors[1].numel()
    if any(part in name for part in _POOLS):
        kernel = math.prod(args[1]) if len(args) > 1 and isinstance(args[1], Sequence) else 1
        return 4.0 * numbers * abs(kernel)
    return _of_matrices(name, tensors)


def _product(left: torch.Tensor, right: torch.Tensor) -> float:
    columns = right.shape[-1] if right.dim() > 1 else 1
    return float(left.numel()) * columns * (0.5 if left.is_floating_point() else 4.0)


def _convolution(args: Arguments) -> float:
    """Each number of the result is a product with one kernel."""
    given, weight, transposed = args[0], args[1], bool(args[6]) if len(args) > 6 else False
    places = given.numel() if transposed else _places(args)
    return float(2.0 * places * weight.numel() / max(weight.shape[0], 1))


def _places(args: Arguments) -> int:
    """How many numbers the result has, at the most."""
    given, weight, stride, padding = args[0], args[1], args[3], args[4]
    sides = given.shape[2:]
    padded = [side + 2 * _at(padding, at) for at, side in enumerate(sides)]
    steps = [size // max(_at(stride, at), 1) + 1 for at, size in enumerate(padded)]
    return int(given.shape[0] * weight.shape[0] * math.prod(steps))


def _convolution_backward(args: Arguments) -> float:
    grad, given, weight = args[0], args[1], args[2]
    rows = max(weight.shape[0], 1)
    return float(2.0 * max(grad.numel(), given.numel()) * weight.numel() / rows)


def _at(values: Any, place: int) -> int:
    if not isinstance(values, Sequence):
        return int(values)
    return int(values[place] if place < len(values) else values[-1]) if values else 0


def _recurrent(tensors: list[torch.Tensor]) -> float:
    """Each row of the input meets each number of the weights."""
    rows = tensors[0].numel() // max(tensors[0].shape[-1], 1) if tensors else 0
    return 2.0 * rows * sum(one.numel() for one in tensors[1:5])


def _attention(tensors: list[torch.Tensor]) -> float:
    """Rows meet weights, and each row of a sequence meets all rows of it."""
    rows, width = tensors[0].shape[:-1], tensors[0].shape[-1]
    length = rows[-1] if rows else 1
    weights = sum(one.numel() for one in tensors[1:] if one.dim() == 2)
    return 2.0 * math.prod(rows) * (weights + 4 * length * width)


def _distances(name: str, args: Arguments, tensors: list[torch.Tensor]) -> float:
    left, right = ([*tensors, *tensors])[:2] if "backward" not in name else tensors[1:3]
    rows = right.shape[-2] if right.dim() > 1 else 1
    powers = [one for one in args if isinstance(one, int | float)]
    plain = "euclidean" in name or (powers and powers[0] in {0.0, 1.0, 2.0, math.inf})
    return float(left.numel()) * rows * (2.0 if plain else 60.0)


def _of_matrices(name: str, tensors: list[torch.Tensor]) -> float:
    found = max((cost for part, cost in _MATRIX.items() if part in name), default=0.0)
    if not found:
        return 0.0
    matrix = max(tensors, key=torch.Tensor.numel, default=None)
    if matrix is None or matrix.dim() < 2:
        return 0.0
    return found * matrix.numel() * max(matrix.shape[-2:])


def temporary(name: str, args: Arguments, made: int) -> int:
    """How many bytes ``name`` holds while it computes, beside what it makes (``made``)."""
    tensors = [one for one in args if isinstance(one, torch.Tensor)]
    spread = sum(_logical(one) for one in tensors if _logical(one) > _held(one))
    if "convolution" in name:
        spread += _columns(name, args)
    if "attention" in name or "transformer" in name:
        rows = tensors[0].shape[:-1]
        spread += math.prod(rows) * (rows[-1] if rows else 1) * 8 * tensors[0].element_size()
    if any(part in name for part in _MATRIX) or name.startswith(("_fft", "sort", "_unique")):
        spread += 3 * (made + sum(map(_logical, tensors)))
    return spread


def _columns(name: str, args: Arguments) -> int:
    """What a convolution unfolds: each place of one picture with all that its kernel sees."""
    given, weight = (args[1], args[2]) if "backward" in name else (args[0], args[1])
    places = args[0].numel() if "backward" in name else _places(args)
    pictures = max(given.shape[0], 1) * max(weight.shape[0], 1)
    kernel = weight.numel() // max(weight.shape[0], 1)
    return int(places // pictures * kernel * given.element_size())


def _logical(tensor: torch.Tensor) -> int:
    return tensor.numel() * tensor.element_size()


def _held(tensor: torch.Tensor) -> int:
    return int(tensor.untyped_storage().nbytes()) if tensor.layout is torch.strided else 0
