"""A mode that sees every operation of torch, of backward() too, before it allocates anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
from torch.multiprocessing.reductions import StorageWeakRef
from torch.utils._python_dispatch import TorchDispatchMode

from groundup.language.bounds import sizes, work
from groundup.language.bounds.limits import (
    LIVE_BYTES,
    OPERATION_SECONDS,
    TEMPORARY_BYTES,
    Stop,
    live,
    slow,
    temporary,
)

_OVERHEAD = 512
"""Bytes that each block of memory takes beside its own."""


@dataclass(frozen=True)
class Operation:
    """What is known of one of torch's operations."""

    name: str
    view: bool
    """Its result shows what it was given: nothing is made."""
    composite: bool
    """It is made of others, each of which is seen."""
    refused: bool
    """It is for tensors that keep their numbers otherwise, or takes as long as its values say."""


@cache
def described(operation: Any) -> Operation:
    """What is known of ``operation``."""
    returned = [one.alias_info for one in operation._schema.returns]
    view = bool(returned) and all(one is not None and not one.is_write for one in returned)
    composite = torch._C._dispatch_has_kernel_for_dispatch_key(
        operation.name(), "CompositeImplicitAutograd"
    )
    name = operation._schema.name.split("::")[-1]
    refused = any(part in name for part in ("sparse", "quantize", "polynomial"))
    return Operation(name, view, composite, refused)


class Live:
    """The memory of tensors that are alive, each block once."""

    def __init__(self) -> None:
        self._blocks: dict[int, tuple[Any, int]] = {}
        self._bytes = 0
        self._most = 10_000

    def add(self, tensor: torch.Tensor) -> None:
        """``tensor`` was made."""
        storage = tensor.untyped_storage()
        known, size = self._blocks.get(storage._cdata), storage.nbytes() + _OVERHEAD
        if known is None or known[1] != size or known[0].expired():
            self._bytes += size - (known[1] if known else 0)
            self._blocks[storage._cdata] = StorageWeakRef(storage), size  # type: ignore[no-untyped-call]  # torch gives it no types
            if len(self._blocks) > self._most:
                self.bytes()
                self._most = max(10_000, 2 * len(self._blocks))

    def room_for(self, count: float) -> bool:
        """Whether ``count`` bytes more fit."""
        return self._bytes + count <= LIVE_BYTES or self.bytes() + count <= LIVE_BYTES

    def bytes(self) -> int:
        """All bytes that are alive now."""
        alive = {key: one for key, one in self._blocks.items() if not one[0].expired()}
        self._blocks, self._bytes = alive, sum(size for _, size in alive.values())
        return self._bytes


class TensorBounds(TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch gives it no types
    """Ends the text where an operation is too large; ``look`` is called before each."""

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        # Nothing is compiled here, and torch's guard against it costs each call a tenth.
        return False

    def __init__(self, stop: Stop, look: Callable[[], None]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # torch gives it no types
        self._stop, self._look = stop, look
        self.live = Live()
        self._asked: dict[Any, tuple[int, float, int]] = {}

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """One operation is about to be computed."""
        self._look()
        named, known = kwargs or {}, described(func)
        if known.composite:
            with self:
                return func.decompose(*args, **named)
        if known.refused:
            self._stop(f"calls {known.name.strip('_')}, which is not here: use ordinary tensors")
        if not known.view:
            try:
                self._check(func, known.name, args, named)
            except sizes.LayoutError:
                self._stop("uses a tensor that is not strided: use an ordinary one")
        elif sizes.pieces(known.name, args, named) > sizes.MANY:
            count = sizes.pieces(known.name, args, named)
            self._stop(f"takes a tensor apart into {count:,} of its own; {sizes.MANY:,} are most")
        result = func(*args, **named)
        if not known.view:
            self._keep(result)
        return result

    def _keep(self, result: Any) -> None:
        if isinstance(result, torch.Tensor):
            if result.layout is torch.strided and result.device.type != "meta":
                self.live.add(result)
        elif isinstance(result, list | tuple):
            for one in result:
                self._keep(one)

    def _check(self, func: Any, name: str, args: Any, named: dict[str, Any]) -> None:
        reach = sizes.reach(args) * (sizes.reach(named.values()) if named else 1)
        small = reach <= (sizes.SMALL if name in sizes.PLAIN else sizes.TINY)
        if small and name not in sizes.DECIDED_BY_VALUES:
            return
        self._check_drawn(name, args)
        key = (func, sizes.key(args), tuple(named), sizes.key(named.values()))
        asked = None if name in sizes.DECIDED_BY_VALUES else self._asked.get(key)
        if asked is None:
            asked = self._ask(func, name, args, named)
            self._asked[key] = asked
        self._judge(name, *asked)

    def _check_drawn(self, name: str, args: Any) -> None:
        """Numbers that torch's own samplers make Python numbers of."""
        count = args[sizes.DRAWN[name]] if name in sizes.DRAWN else 0
        if count > sizes.MOST_DRAWN:
            self._stop(f"draws {count:,} numbers with {name}; {sizes.MOST_DRAWN:,} are the most")

    def _judge(self, name: str, made: int, took: float, held: int) -> None:
        if not self.live.room_for(made):
            self._stop(live(made, self.live.bytes()))
        if held > TEMPORARY_BYTES:
            self._stop(temporary(name.strip("_"), held))
        if took > OPERATION_SECONDS:
            self._stop(slow(name.strip("_"), took))

    def _made(self, func: Any, name: str, args: Any, named: dict[str, Any]) -> int:
        """Bytes that the operation makes; of little, nothing large, where meta cannot tell."""
        try:
            return sizes.made(func, name, args, named)
        except Exception as error:
            reach = sizes.reach(args) * sizes.reach(named.values())
            if reach <= sizes.SMALL:  # the CPU says itself what is wrong, in its own words
                return int(8 * reach)
            if isinstance(error, sizes.UnknownSizeError):
                self._stop(f"calls {name.strip('_')}, which nothing here can tell the size of")
            raise

    def _ask(
        self, func: Any, name: str, args: Any, named: dict[str, Any]
    ) -> tuple[int, float, int]:
        """Bytes made, seconds, and bytes held meanwhile, of an operation."""
        tensors = list(sizes.tensors_in((*args, *named.values())))
        if _on_meta(tensors, named.get("device")):
            return 0, 0.0, 0
        read = sum(one.numel() for one in tensors)
        made = self._made(func, name, args, named)
        numbers = read + made // 4
        written = {id(one) for one in tensors if _written(func, args, named, one)}
        fresh = made - sum(_bytes(one) for one in tensors if id(one) in written)
        return (
            max(fresh, 0),
            work.seconds(name, args, numbers),
            work.temporary(name, args, made),
        )


def _on_meta(tensors: list[torch.Tensor], device: torch.device | None) -> bool:
    """Whether an operation only computes with sizes: nothing of its result is kept."""
    if device is not None:
        return device.type == "meta"
    return bool(tensors) and all(one.device.type == "meta" for one in tensors)


def _written(func: Any, args: Any, named: dict[str, Any], tensor: torch.Tensor) -> bool:
    """Whether ``tensor`` is changed in place by ``func``."""
    parameters = func._schema.arguments
    given = [*zip(parameters, args, strict=False)]
    given += [(one, named[one.name]) for one in parameters if one.name in named]
    return any(
        value is tensor and one.alias_info is not None and one.alias_info.is_write
        for one, value in given
    )


def _bytes(tensor: torch.Tensor) -> int:
    return tensor.numel() * tensor.element_size()
