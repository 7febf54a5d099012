"""How much an operation of torch will make: asked on the meta device, or told by a rule."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import torch
from torch.utils._python_dispatch import _disable_current_modes

META = torch.device("meta")
SMALL = 2**17
"""Where no result can hold more numbers than this, nothing is asked of :data:`PLAIN` ones."""
TINY = 2**9
"""Nor of others: the square of that, times eight, is little enough."""
PLAIN = {
    *("abs", "add", "addcdiv", "addcmul", "addmm", "all", "any", "argmax", "argmin"),
    *("bitwise_and", "bitwise_not", "bitwise_or", "bmm", "ceil", "clamp", "clamp_min", "clone"),
    *("copy", "cos", "detach", "div", "dot", "eq", "exp", "fill", "floor", "ge", "gt"),
    *("isfinite", "isnan", "le", "log", "_log_softmax", "log_softmax", "lt", "masked_fill"),
    *("max", "mean", "min", "mm", "mse_loss", "mse_loss_backward", "mul", "mv", "ne", "neg"),
    *("nll_loss_forward", "nll_loss_backward", "ones_like", "pow", "relu", "rsqrt", "sigmoid"),
    *("sigmoid_backward", "sign", "sin", "_softmax", "softmax", "sqrt", "std", "sub", "sum"),
    *("tanh", "tanh_backward", "threshold_backward", "_to_copy", "var", "where", "zero"),
    *("zeros_like", "lerp", "reciprocal", "gelu", "rsub", "sgn", "square", "randn_like"),
    *("rand_like", "uniform", "normal", "full_like", "empty_like", "lift_fresh"),
    *("_log_softmax_backward_data", "_softmax_backward_data", "logical_and", "logical_not"),
}
PLAIN |= {name + "_" for name in PLAIN}
"""Operations whose results hold as many numbers as their arguments spread out over each other."""
DRAWN = {"randperm": 0, "multinomial": 1}
MOST_DRAWN = 200_000
MANY = 10_000
"""So many tensors one operation may make."""


class LayoutError(Exception):
    """A tensor is sparse, or otherwise not strided."""


class UnknownSizeError(Exception):
    """Nothing tells how much an operation makes."""


Rule = Callable[..., int]
_PLAIN = frozenset({bool, type(None), torch.dtype, torch.device, torch.memory_format, str})


_RULES: dict[str, Rule] = {
    "nonzero": lambda x: 8 * x.numel() * max(x.dim(), 1),
    "masked_select": lambda x, mask: _spread(x, mask) * x.element_size(),
    "_unique2": lambda x, *_: x.numel() * (x.element_size() + 16),
    "unique_dim": lambda x, *_: x.numel() * x.element_size() + 16 * x.shape[0],
    "unique_consecutive": lambda x, *_: x.numel() * (x.element_size() + 16),
    "unique_dim_consecutive": lambda x, *_: x.numel() * (x.element_size() + 16),
    "bincount": lambda x, weights=None, least=0: 8 * (max(_most(x), least, 0) + 1),
    "histc": lambda x, bins=100, *_: bins * x.element_size(),
    "randperm": lambda n, **_: 8 * n,
    "repeat_interleave": lambda x, **_: 8 * max(int(x.sum()), 0),
    "combinations": lambda x, r=2, *_: math.comb(x.numel(), min(r, 64)) * r * x.element_size(),
    "equal": lambda *_: 0,
    "_local_scalar_dense": lambda *_: 0,
    "is_nonzero": lambda *_: 0,
    "lift_fresh": lambda *_: 0,
    "multinomial": lambda x, n, *_, **__: 8 * n * (x.shape[0] if x.dim() > 1 else 1),
    "resize_": lambda x, size, **_: math.prod(size) * x.element_size(),
    "set_": lambda *_: 0,
    "_pin_memory": lambda *_: 0,
}
DECIDED_BY_VALUES = frozenset({"bincount", "repeat_interleave", "arange", "range"})
"""These make as much as the values say, however small the tensors are."""
_PIECES: dict[str, Callable[..., int]] = {
    "unbind": lambda x, dim=0: x.shape[dim] if x.dim() else 0,
    "split": lambda x, size, dim=0: _pieces(x, size, dim),
    "unsafe_split": lambda x, size, dim=0: _pieces(x, size, dim),
    "chunk": lambda x, count, dim=0: min(count, x.shape[dim]) if x.dim() else 0,
    "unsafe_chunk": lambda x, count, dim=0: min(count, x.shape[dim]) if x.dim() else 0,
    "split_with_sizes": lambda x, sizes, dim=0: len(sizes),
    "tensor_split": lambda x, parts, dim=0: parts if isinstance(parts, int) else len(parts),
}
"""Operations that make many tensors of one; how many."""


def _pieces(x: torch.Tensor, size: Any, dim: int) -> int:
    if not isinstance(size, int):
        return len(size)
    return x.shape[dim] // max(size, 1) + 1 if x.dim() else 0


def _most(x: torch.Tensor) -> int:
    return int(x.max()) if x.numel() and x.dtype is not torch.bool else 1


def _spread(left: torch.Tensor, right: torch.Tensor) -> int:
    sides = zip(_padded(left, right), _padded(right, left), strict=True)
    return math.prod(max(pair) if 0 not in pair else 0 for pair in sides)


def _padded(one: torch.Tensor, other: torch.Tensor) -> list[int]:
    return [1] * max(other.dim() - one.dim(), 0) + list(one.shape)


def pieces(name: str, args: tuple[Any, ...], named: Mapping[str, Any]) -> int:
    """How many tensors the operation makes, where it makes many."""
    rule = _PIECES.get(name)
    return rule(*args, **named) if rule else 0


def reach(values: Any) -> float:
    """So many numbers a result may have at the most, whatever the operation is: the product of all
    sizes and of all numbers given, each padded on both sides.

    Raises:
        LayoutError: if a tensor keeps its numbers in another way.
    """
    total = 1.0
    for one in values:
        kind = type(one)
        if kind in _PLAIN:
            continue
        if isinstance(one, torch.Tensor):
            if one.layout is not torch.strided:
                raise LayoutError
            total *= one.numel() or 1
        elif kind is list or kind is tuple or isinstance(one, list | tuple):
            total *= reach(one)
        elif isinstance(one, int | float):
            total *= 1 if math.isnan(one) else 2 * abs(one) + 2
        elif isinstance(one, torch.layout) and one is not torch.strided:
            raise LayoutError
    return min(total, 1e300)


def tensors_in(values: Any) -> Iterator[torch.Tensor]:
    """The tensors among ``values`` and in lists of them."""
    for one in values:
        if isinstance(one, torch.Tensor):
            yield one
        elif isinstance(one, list | tuple):
            yield from tensors_in(one)


def key(values: Any) -> tuple[Any, ...]:
    """What of the arguments decides the size of a result: shapes, dtypes, and all that is plain."""
    return tuple(_key(one) for one in values)


def _key(one: Any) -> Any:
    if isinstance(one, torch.Tensor):
        return one.shape, one.stride(), one.dtype
    if isinstance(one, list | tuple):
        return key(one)
    return (type(one), one) if isinstance(one, int | float) else str(one)


def made(operation: Any, name: str, args: tuple[Any, ...], named: dict[str, Any]) -> int:
    """How many bytes the results of ``operation`` hold.

    Raises:
        UnknownSizeError: if nothing tells.
        Exception: what torch says to these arguments on the meta device.
    """
    if name in _RULES:
        with _disable_current_modes():
            return _RULES[name](*args, **named)
    if name in {"index", "index_put", "index_put_", "_index_put_impl_"}:
        args = _masks_as_numbers(args)
    with _disable_current_modes():
        try:
            results = operation(*map(_on_meta, args), **_on_meta_by_name(named))
        except NotImplementedError as error:
            raise UnknownSizeError from error
    given = results if isinstance(results, list | tuple) else (results,)
    return sum(one.numel() * one.element_size() for one in tensors_in(given))


def _on_meta(one: Any) -> Any:
    if isinstance(one, torch.Tensor):
        return torch.empty_strided(one.shape, one.stride(), dtype=one.dtype, device=META)
    if isinstance(one, list | tuple):
        return type(one)(map(_on_meta, one)) if type(one) in {list, tuple} else one
    return META if isinstance(one, torch.device) else one


def _on_meta_by_name(named: dict[str, Any]) -> dict[str, Any]:
    made = {name: _on_meta(one) for name, one in named.items() if name != "generator"}
    return {**made, "device": META} if "device" in named else made


def _masks_as_numbers(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """An index with masks, as it is where all of a mask is true."""
    indices: list[Any] = []
    for one in args[1]:
        if isinstance(one, torch.Tensor) and one.dtype in {torch.bool, torch.uint8}:
            count = torch.empty(one.numel(), dtype=torch.long, device=META)
            indices.extend([count] * one.dim())
        else:
            indices.append(one)
    return (args[0], indices, *args[2:])
